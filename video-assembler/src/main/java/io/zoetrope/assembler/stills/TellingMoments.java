package io.zoetrope.assembler.stills;

import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.assembler.annotation.RunObject;
import io.zoetrope.events.FrameStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The frames of a video that say most about it: those in which a run saw most, and with the
 * greatest certainty. Fed all of the run's frames in order; holds two numbers of each.
 */
final class TellingMoments {
  private final List<Moment> moments = new ArrayList<>();

  /** A frame, and the sum of the confidences of all that is in it. */
  private record Moment(long micros, float seen) {}

  /** Takes the next frame. */
  void add(RunFrame frame) {
    boolean shown =
        frame.status() == FrameStatus.PROCESSED || frame.status() == FrameStatus.DAMAGED;
    if (shown && frame.ptsMicros().isPresent()) {
      float seen = 0;
      for (RunObject object : frame.objects()) {
        seen += object.confidence();
      }
      moments.add(new Moment(frame.ptsMicros().getAsLong(), seen));
    }
  }

  /** The times of the {@code count} best frames, best first. */
  List<Long> best(int count) {
    return moments.stream().sorted(byWhatIsSeen()).limit(count).map(Moment::micros).toList();
  }

  /**
   * The times of the best frames of {@code count} parts of the video, in order; fewer if it has
   * fewer frames.
   */
  List<Long> spread(int count) {
    int parts = Math.min(count, moments.size());
    return IntStream.range(0, parts)
        .mapToObj(
            part ->
                moments.subList(
                    (int) ((long) moments.size() * part / parts),
                    (int) ((long) moments.size() * (part + 1) / parts)))
        .map(part -> part.stream().min(byWhatIsSeen()).orElseThrow().micros())
        .toList();
  }

  /** Times in the middle of {@code count} equal parts of a video that no run has looked at. */
  static List<Long> evenly(int count, long durationMicros) {
    return LongStream.range(0, count)
        .mapToObj(part -> durationMicros * (2 * part + 1) / (2L * count))
        .toList();
  }

  /** Most first, and of the same the first. */
  private static Comparator<Moment> byWhatIsSeen() {
    return Comparator.comparingDouble(Moment::seen).reversed().thenComparingLong(Moment::micros);
  }
}
