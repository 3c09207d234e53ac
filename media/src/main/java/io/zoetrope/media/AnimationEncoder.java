package io.zoetrope.media;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Makes one animated WebP file, which is played over and over. Holds all pictures until it is
 * finished, compressed. Owns native memory; one thread.
 */
public final class AnimationEncoder implements AutoCloseable {
  /** As HTTP names what comes out. */
  public static final String MEDIA_TYPE = "image/webp";

  private static final int QUALITY = 60;

  private final int width;
  private final int height;
  private final int millis;
  private final PictureEncoding encoding;
  private long pictures;

  /**
   * An animation without a picture yet.
   *
   * @param millis how long each is shown, 1 or more
   */
  public AnimationEncoder(int width, int height, int millis) {
    Ffmpeg.quiet();
    this.width = width;
    this.height = height;
    this.millis = millis;
    encoding = new PictureEncoding("libwebp_anim", width, height, avutil.AV_PIX_FMT_RGB32, QUALITY);
  }

  /** Adds a picture, of the animation's size. */
  public void add(RgbPicture picture) {
    if (picture.width() != width || picture.height() != height) {
      throw new IllegalArgumentException(
          "%d × %d has no place in an animation of %d × %d"
              .formatted(picture.width(), picture.height(), width, height));
    }
    AVFrame converted = picture.convert(avutil.AV_PIX_FMT_RGB32);
    try {
      encoding.add(converted, pictures * millis, millis);
      pictures++;
    } finally {
      avutil.av_frame_free(converted);
    }
  }

  /** The bytes of the file, once; there must be a picture. */
  public byte[] finish() {
    return encoding.finish();
  }

  @Override
  public void close() {
    encoding.close();
  }
}
