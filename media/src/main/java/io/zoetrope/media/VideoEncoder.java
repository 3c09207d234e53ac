package io.zoetrope.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * Writes pictures as H.264 (openh264, High profile, one key frame every {@value
 * #KEY_FRAME_INTERVAL} pictures unless told otherwise, no B frames) into an MP4 file whose index
 * stands before the data. Colours are BT.709, limited range, and the file says so. The same
 * pictures give the same bytes.
 *
 * <p>Owns all native memory that it uses. For one thread at a time. A file that was not brought to
 * its end by {@link #finish()} is deleted by {@link #close()}.
 */
public final class VideoEncoder implements AutoCloseable {
  private static final int KEY_FRAME_INTERVAL = 50;
  private static final int ONE = 1 << 16;
  private static final String BT709 = "bt709";

  /**
   * What is to be written.
   *
   * @param width pixels, even: 4:2:0 has no odd sizes
   * @param height pixels, even
   * @param timeBase the unit of the pictures' times
   * @param frameRate nominal; the pictures' own times are kept whatever it says
   * @param bitRate bits per second that the encoder should need on average
   * @param keyFrameInterval pictures from one key frame to the next
   */
  public record Settings(
      int width,
      int height,
      Rational timeBase,
      Rational frameRate,
      int bitRate,
      int keyFrameInterval) {
    public Settings(int width, int height, Rational timeBase, Rational frameRate, int bitRate) {
      this(width, height, timeBase, frameRate, bitRate, KEY_FRAME_INTERVAL);
    }

    public Settings {
      if (width <= 0 || height <= 0 || width % 2 != 0 || height % 2 != 0) {
        throw new IllegalArgumentException(
            "H.264 pictures need even sizes, not " + width + " × " + height);
      }
      if (!timeBase.isKnown() || !frameRate.isKnown() || bitRate <= 0) {
        throw new IllegalArgumentException("time base, frame rate and bit rate must be positive");
      }
    }

    PictureFormat format() {
      return new PictureFormat(width, height, Rational.UNKNOWN, BT709, BT709, BT709, false);
    }
  }

  private final Settings settings;
  private final PictureEncoder encoder;
  private final Mp4Output output;
  private final AVFrame rgb = avutil.av_frame_alloc();
  private final AVFrame yuv;
  private final AVRational timeBase = new AVRational();
  private SwsContext converter;
  private AVStream stream;

  private VideoEncoder(Settings settings, PictureEncoder encoder, Mp4Output output) {
    this.settings = settings;
    this.encoder = encoder;
    this.output = output;
    yuv = settings.format().newFrame();
    timeBase.num(settings.timeBase().numerator()).den(settings.timeBase().denominator());
  }

  /**
   * Creates the file, or empties it.
   *
   * @throws IOException where the file can't be written
   */
  public static VideoEncoder create(Path file, Settings settings) throws IOException {
    PictureEncoder encoder =
        new PictureEncoder(
            EncoderChoice.openh264(settings.bitRate(), settings.keyFrameInterval()),
            settings.format(),
            settings.frameRate());
    Mp4Output output;
    try {
      output = Mp4Output.create(file);
    } catch (IOException | RuntimeException e) {
      encoder.close();
      throw e;
    }
    VideoEncoder created = new VideoEncoder(settings, encoder, output);
    try {
      created.openConverter();
      created.begin();
      return created;
    } catch (IOException | RuntimeException e) {
      created.close();
      throw e;
    }
  }

  private void openConverter() {
    rgb.format(avutil.AV_PIX_FMT_RGB24).width(settings.width()).height(settings.height());
    Ffmpeg.requireSuccess(avutil.av_frame_get_buffer(rgb, 0), "av_frame_get_buffer");
    converter =
        swscale.sws_getContext(
            settings.width(),
            settings.height(),
            avutil.AV_PIX_FMT_RGB24,
            settings.width(),
            settings.height(),
            avutil.AV_PIX_FMT_YUV420P,
            // Without these two the pixels depend on the processor's vector instructions.
            swscale.SWS_BILINEAR | swscale.SWS_ACCURATE_RND | swscale.SWS_BITEXACT,
            null,
            null,
            (DoublePointer) null);
    IntPointer bt709 = swscale.sws_getCoefficients(swscale.SWS_CS_ITU709);
    Ffmpeg.requireSuccess(
        swscale.sws_setColorspaceDetails(converter, bt709, 1, bt709, 0, 0, ONE, ONE),
        "sws_setColorspaceDetails");
  }

  private void begin() throws IOException {
    stream = output.addStream(settings.timeBase());
    encoder.describe(stream);
    output.begin(Map.of("movflags", "+faststart"));
  }

  /**
   * Encodes the next picture.
   *
   * @param picture RGB24, {@code byte[height * width * 3]}, rows from the top without padding; read
   *     from its position, which stays where it is
   * @param pts in units of the time base, greater than the one before
   * @param duration how long the picture is shown, in units of the time base
   * @throws IllegalArgumentException where the picture's size or its time is wrong
   * @throws IOException where the file can't be written
   */
  public void encode(ByteBuffer picture, long pts, long duration) throws IOException {
    output.requireOpen();
    int rowBytes = 3 * settings.width();
    if (picture.remaining() != rowBytes * settings.height()) {
      throw new IllegalArgumentException(
          picture.remaining() + " bytes are no picture of " + rowBytes * settings.height());
    }
    int stride = rgb.linesize(0);
    ByteBuffer rows = rgb.data(0).capacity((long) stride * settings.height()).asByteBuffer();
    for (int y = 0; y < settings.height(); y++) {
      rows.put(y * stride, picture, picture.position() + y * rowBytes, rowBytes);
    }
    Ffmpeg.requireSuccess(
        swscale.sws_scale(
            converter,
            rgb.data(),
            rgb.linesize(),
            0,
            settings.height(),
            yuv.data(),
            yuv.linesize()),
        "sws_scale");
    encoder.encode(yuv, pts, duration, this::write);
  }

  /**
   * Completes the file, once. No picture can follow.
   *
   * @throws IOException where the file can't be written
   */
  public void finish() throws IOException {
    output.requireOpen();
    encoder.finish(this::write);
    output.finish();
  }

  private void write(AVPacket packet) throws IOException {
    output.write(packet, stream, timeBase);
  }

  @Override
  public void close() {
    encoder.close();
    output.close();
    swscale.sws_freeContext(converter);
    converter = null;
    avutil.av_frame_free(yuv);
    avutil.av_frame_free(rgb);
    timeBase.close();
  }
}
