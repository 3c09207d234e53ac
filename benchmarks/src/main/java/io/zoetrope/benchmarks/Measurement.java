package io.zoetrope.benchmarks;

import io.zoetrope.detector.inference.WorkerTimes;
import io.zoetrope.detector.inference.WorkerTimes.Stage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a process did in a stretch of its time.
 *
 * @param detections found in the video from its beginning to its end, as a check
 * @param stages nanoseconds of all workers together
 * @param processor nanoseconds of processor time by group of threads
 */
record Measurement(
    double seconds,
    long frames,
    double detections,
    Map<Stage, Long> stages,
    Map<String, Long> processor) {

  /** The state of the counters at one moment. */
  record Snapshot(long nanos, long frames, Map<Stage, Long> stages, Map<String, Long> processor) {
    static Snapshot of(WorkerTimes times) {
      Map<Stage, Long> stages = new EnumMap<>(Stage.class);
      for (Stage stage : Stage.values()) {
        stages.put(stage, times.nanos(stage));
      }
      return of(times.pictures(), stages);
    }

    static Snapshot of(long frames, Map<Stage, Long> stages) {
      return new Snapshot(System.nanoTime(), frames, stages, ThreadTimes.now());
    }

    Measurement until(Snapshot later, double detections) {
      return new Measurement(
          (later.nanos - nanos) / 1e9,
          later.frames - frames,
          detections,
          difference(later.stages, stages),
          difference(later.processor, processor));
    }

    private static <K> Map<K, Long> difference(Map<K, Long> later, Map<K, Long> earlier) {
      Map<K, Long> difference = new TreeMap<>();
      later.forEach((key, value) -> difference.put(key, value - earlier.getOrDefault(key, 0L)));
      return difference;
    }
  }

  double framesPerSecond() {
    return frames / seconds;
  }

  /** Milliseconds that the workers spend in a stage for each frame, all of them together. */
  double stageMillis(Stage stage) {
    return stages.get(stage) / 1e6 / frames;
  }

  /** Milliseconds of processor time for each frame. */
  double processorMillis(String group) {
    return processor.getOrDefault(group, 0L) / 1e6 / frames;
  }

  /** For another process to {@link #parse}. */
  void print() {
    System.out.println("seconds\t" + seconds);
    System.out.println("frames\t" + frames);
    System.out.println("detections\t" + detections);
    stages.forEach((stage, nanos) -> System.out.println("stage " + stage + "\t" + nanos));
    processor.forEach((group, nanos) -> System.out.println("processor " + group + "\t" + nanos));
  }

  /** What {@link #print} printed, among other lines or not. */
  static Measurement parse(List<String> lines) {
    Map<String, String> values = new TreeMap<>();
    for (String line : lines) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        values.put(line.substring(0, tab), line.substring(tab + 1));
      }
    }
    Map<Stage, Long> stages = new EnumMap<>(Stage.class);
    Map<String, Long> processor = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith("stage ")) {
            stages.put(Stage.valueOf(key.substring("stage ".length())), Long.parseLong(value));
          } else if (key.startsWith("processor ")) {
            processor.put(key.substring("processor ".length()), Long.parseLong(value));
          }
        });
    return new Measurement(
        Double.parseDouble(values.get("seconds")),
        Long.parseLong(values.get("frames")),
        Double.parseDouble(values.get("detections")),
        stages,
        processor);
  }
}
