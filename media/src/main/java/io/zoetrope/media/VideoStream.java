package io.zoetrope.media;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One stream of moving pictures: all that a decoder must know before the first packet. Names are
 * FFmpeg's own ({@code h264}, {@code yuv420p}, {@code bt709}), because its numbers change between
 * versions; {@code unknown} where the file doesn't say.
 *
 * @param codecTag the container's four-character code, as FFmpeg packs it into an int
 * @param width of the stored picture in pixels, before it is turned upright; likewise {@code
 *     height}
 * @param videoDelay frames that a decoder holds back to bring them into presentation order
 * @param fieldOrder {@code progressive}, {@code tt}, {@code bb}, {@code tb}, {@code bt}
 * @param extradata the codec's header; empty where there is none; not to be changed
 * @param displayMatrix FFmpeg's nine numbers, row by row, or empty
 * @param estimatedFrames what the container claims or its duration suggests; 0 if unknown
 */
public record VideoStream(
    int index,
    String codec,
    int codecTag,
    String pixelFormat,
    int width,
    int height,
    int profile,
    int level,
    int videoDelay,
    String fieldOrder,
    int bitsPerCodedSample,
    int bitsPerRawSample,
    String colorRange,
    String colorSpace,
    String colorPrimaries,
    String colorTransfer,
    String chromaLocation,
    Rational sampleAspectRatio,
    Rational timeBase,
    Rational frameRate,
    ByteBuffer extradata,
    List<Integer> displayMatrix,
    long estimatedFrames) {
  public static final String UNKNOWN = "unknown";

  public VideoStream {
    displayMatrix = List.copyOf(displayMatrix);
  }

  /** Degrees by which the stored picture is turned clockwise to stand upright: 0, 90, 180, 270. */
  public int rotation() {
    return orientation().rotation();
  }

  /** Width in pixels of the upright picture, which boxes and letterboxes refer to. */
  public int uprightWidth() {
    return orientation().uprightWidth(width, height);
  }

  /** Height in pixels of the upright picture. */
  public int uprightHeight() {
    return orientation().uprightHeight(width, height);
  }

  /** Microseconds of a time in the stream's time base. */
  public long micros(long time) {
    return Rational.rescale(time, timeBase, Rational.MICROSECOND);
  }

  /** The last time in the stream's time base that is no later than {@code micros}, rounded. */
  long lastUntil(long micros) {
    long nearest = Rational.rescale(micros, Rational.MICROSECOND, timeBase);
    return micros(nearest) > micros ? nearest - 1 : nearest;
  }

  Orientation orientation() {
    return Orientation.of(displayMatrix);
  }
}
