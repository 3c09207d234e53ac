package io.zoetrope.media;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** Makes picture files. The same picture gives the same bytes. Any thread. */
public final class StillEncoder {
  /** What kinds of files. */
  public enum Format {
    /** Lossy, about as good as one can see. */
    JPEG("image/jpeg", "mjpeg", avutil.AV_PIX_FMT_YUVJ420P, 3),
    /** Without loss. */
    PNG("image/png", "png", avutil.AV_PIX_FMT_RGB24, -1),
    /** Lossy, smaller than JPEG. */
    WEBP("image/webp", "libwebp", avutil.AV_PIX_FMT_RGB32, 82);

    private final String mediaType;
    private final String encoder;
    private final int pixelFormat;
    private final int quality;

    Format(String mediaType, String encoder, int pixelFormat, int quality) {
      this.mediaType = mediaType;
      this.encoder = encoder;
      this.pixelFormat = pixelFormat;
      this.quality = quality;
    }

    /** As HTTP names it. */
    public String mediaType() {
      return mediaType;
    }
  }

  private StillEncoder() {}

  /** The bytes of a file with {@code picture} in it. */
  public static byte[] encode(RgbPicture picture, Format format) {
    AVFrame converted = picture.convert(format.pixelFormat);
    try (PictureEncoding encoding =
        new PictureEncoding(
            format.encoder,
            picture.width(),
            picture.height(),
            format.pixelFormat,
            format.quality)) {
      encoding.add(converted, 0, 1);
      return encoding.finish();
    } finally {
      avutil.av_frame_free(converted);
    }
  }
}
