package io.zoetrope.topology.ledger;

import io.zoetrope.events.SplitCompleted;
import io.zoetrope.events.VideoStream;
import java.util.List;

/**
 * A video's picture stream, as people speak of it.
 *
 * @param index of the stream in its container
 * @param codec as FFmpeg names it
 * @param width of the upright picture, in pixels
 * @param height of the upright picture, in pixels
 * @param frameRate nominal frames a second, as {@code numerator/denominator}
 * @param durationMicros from the first displayed frame to the end of the last
 * @param readError why reading stopped before the end of the file; null where it didn't
 */
public record StreamFacts(
    int index,
    String codec,
    int width,
    int height,
    String frameRate,
    long durationMicros,
    String readError) {
  private static final int DISPLAY_MATRIX_CELLS = 9;

  static StreamFacts of(SplitCompleted completed) {
    VideoStream stream = completed.getStream();
    boolean turned = turned(stream.getDisplayMatrix());
    return new StreamFacts(
        stream.getIndex(),
        stream.getCodec(),
        turned ? stream.getHeight() : stream.getWidth(),
        turned ? stream.getWidth() : stream.getHeight(),
        stream.getFrameRate().getNumerator() + "/" + stream.getFrameRate().getDenominator(),
        completed.getDurationMicros(),
        completed.getReadError());
  }

  // The matrix is (a b u, c d v, x y w): at a quarter turn b outweighs a.
  private static boolean turned(List<Integer> matrix) {
    return matrix.size() == DISPLAY_MATRIX_CELLS
        && Math.abs((long) matrix.get(1)) > Math.abs((long) matrix.get(0));
  }
}
