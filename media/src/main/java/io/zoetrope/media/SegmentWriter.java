package io.zoetrope.media;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Writes a piece of a video as an MP4 file of one fragment: a header that is the same in every
 * piece of the video, then the pictures with their true times, so that pieces can be played one
 * after another and joined by {@link SegmentJoin}. The first picture is a key frame, and the only
 * one unless the encoder sees a reason. The same pictures give the same bytes on every machine,
 * unless {@link EncoderSettings#encoder()} names an encoder.
 *
 * <p>Owns all native memory that it uses. For one thread at a time. A file that was not brought to
 * its end by {@link #finish()} is deleted by {@link #close()}.
 */
public final class SegmentWriter implements AutoCloseable {
  private static final Map<String, String> ONE_FRAGMENT =
      Map.of(
          "movflags",
          "+empty_moov+default_base_moof+frag_custom+frag_discont+skip_trailer",
          "use_editlist",
          "0");

  /**
   * What was written.
   *
   * @param headerBytes of {@code sizeBytes}, those that come before the fragment
   * @param durationMicros from when its first picture is shown to when its last no longer is
   */
  public record Segment(long headerBytes, long sizeBytes, int pictures, long durationMicros) {}

  private final Path file;
  private final EncoderSettings settings;
  private final PictureEncoder encoder;
  private final Mp4Output output;
  private final AVRational timeBase = new AVRational();
  private AVStream stream;
  private int pictures;
  private long startPts;
  private long endPts;

  private SegmentWriter(
      Path file, EncoderSettings settings, PictureEncoder encoder, Mp4Output output) {
    this.file = file;
    this.settings = settings;
    this.encoder = encoder;
    this.output = output;
    timeBase.num(settings.timeBase().numerator()).den(settings.timeBase().denominator());
  }

  /**
   * Creates the file, or empties it.
   *
   * @throws IOException where the file can't be written
   * @throws MediaException {@code MEDIA_UNSUPPORTED} if there is no such encoder, or none that
   *     takes such pictures
   */
  public static SegmentWriter create(Path file, EncoderSettings settings) throws IOException {
    PictureEncoder encoder =
        new PictureEncoder(EncoderChoice.of(settings), settings.format(), settings.frameRate());
    Mp4Output output;
    try {
      output = Mp4Output.create(file);
    } catch (IOException | RuntimeException e) {
      encoder.close();
      throw e;
    }
    SegmentWriter writer = new SegmentWriter(file, settings, encoder, output);
    try {
      writer.begin();
      return writer;
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private void begin() throws IOException {
    stream = output.addStream(settings.timeBase());
    encoder.describe(stream);
    output.begin(ONE_FRAGMENT);
  }

  /**
   * Encodes the next picture, which may be changed again afterwards.
   *
   * @param pts when it is shown, in the settings' time base from time 0 of the whole video; greater
   *     than the one before
   * @param duration how long it is shown, in the same unit
   * @throws IllegalArgumentException where the picture's size or its time is wrong
   * @throws IOException where the file can't be written
   */
  public void encode(Picture picture, long pts, long duration) throws IOException {
    output.requireOpen();
    PictureFormat format = settings.format();
    if (picture.format().width() != format.width()
        || picture.format().height() != format.height()) {
      throw new IllegalArgumentException(picture.format() + " instead of " + format);
    }
    if (pts < 0 || duration <= 0) {
      throw new IllegalArgumentException("no picture can be shown at " + pts + " for " + duration);
    }
    encoder.encode(picture.frame(), pts, duration, this::write);
    if (pictures == 0) {
      startPts = pts;
    }
    pictures++;
    endPts = pts + duration;
  }

  /**
   * Completes the file, once. No picture can follow; if there was none, the file is its header.
   *
   * @throws IOException where the file can't be written
   */
  public Segment finish() throws IOException {
    output.requireOpen();
    encoder.finish(this::write);
    output.finish();
    try (SeekableByteChannel written = Files.newByteChannel(file)) {
      return new Segment(
          Fragments.headerBytes(written, file.toString()),
          written.size(),
          pictures,
          micros(endPts) - micros(startPts));
    }
  }

  @Override
  public void close() {
    encoder.close();
    output.close();
    timeBase.close();
  }

  private void write(AVPacket packet) throws IOException {
    output.write(packet, stream, timeBase);
  }

  private long micros(long pts) {
    return Rational.rescale(pts, settings.timeBase(), Rational.MICROSECOND);
  }
}
