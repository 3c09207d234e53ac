package io.zoetrope.benchmarks;

import io.zoetrope.detector.inference.WorkerTimes.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Frames per second of a whole Zoetrope in one process, beside {@link BareLoop}s with the same
 * model, clip and number of threads. Each has a process of its own, as the launcher starts a
 * service: the bare loops before the pipeline and after it, which needs a long warm-up.
 */
@Command(
    name = "pipeline",
    mixinStandardHelpOptions = true,
    description = "Frames per second of the whole pipeline, beside the bare loop.")
final class PipelineBenchmark implements Callable<Integer> {
  static final float CONFIDENCE = 0.25f;
  static final float IOU = 0.45f;

  private static final double TARGET = 0.95;
  private static final int START_SECONDS = 10;

  /** Until the JVM has compiled the few methods of the bare loop. */
  private static final int BARE_WARM_UP = 15;

  /** Seconds of work in one upload, so that uploads and cutting go on while it is measured. */
  private static final int UPLOAD_SECONDS = 20;

  @Option(
      names = "--model",
      split = ",",
      defaultValue = "yolox_nano_dyn.onnx,yolov8n_dyn.onnx",
      description = "Models. Default: ${DEFAULT-VALUE}.")
  private List<String> models;

  @Option(
      names = "--clip",
      split = ",",
      defaultValue = "car-detection.mp4,traffic-720p.mp4",
      description = "Videos. Default: ${DEFAULT-VALUE}.")
  private List<String> clips;

  @Option(names = "--seconds", defaultValue = "60", description = "Measured at a time.")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "300",
      description =
          "Seconds at the start, while the JVM still compiles the pipeline; the bare loop takes no more than "
              + BARE_WARM_UP
              + ". Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(names = "--rounds", defaultValue = "5", description = "Each way is taken so often.")
  private int rounds;

  @Option(
      names = "--workers",
      description = "Threads that decode and infer. Default: as many as cores.")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--jvm",
      split = " ",
      defaultValue = "",
      description = "More options for the JVMs of both.")
  private List<String> jvm;

  @Override
  public Integer call() throws Exception {
    int pairs = models.size() * clips.size();
    long pairSeconds = warmUp + 2L * bareWarmUp() + 3L * START_SECONDS + 2L * rounds * seconds;
    System.out.printf(
        "%d measurements of %d s, %d workers each; about %d minutes in all.%n",
        2 * rounds * pairs,
        seconds,
        workers,
        Duration.ofSeconds(pairs * pairSeconds).toMinutes() + 1);
    List<String> summary = new ArrayList<>();
    for (String model : models) {
      for (String clip : clips) {
        summary.add(compare(model, clip));
      }
    }
    System.out.printf(
        "%n%-22s %-22s %9s %9s %7s %15s%n", "model", "clip", "bare", "pipeline", "ratio", "spread");
    summary.forEach(System.out::println);
    System.out.printf("Medians of %d rounds; wanted is a ratio of %.2f.%n", rounds, TARGET);
    return 0;
  }

  private String compare(String model, String clip) throws Exception {
    Path modelFile = SharedMedia.model(model);
    Path clipFile = SharedMedia.file(clip);
    System.out.printf("%n%s, %s%n", model, clip);
    long framesOnce = BareFfmpeg.decode(clipFile);
    List<String> arguments =
        List.of(modelFile.toString(), clipFile.toString(), Integer.toString(workers));
    int before = (rounds + 1) / 2;
    List<Measurement> bare = measure(BareLoopProcess.class, arguments, bareWarmUp(), before);
    double uploaded = UPLOAD_SECONDS * bare.get(0).framesPerSecond();
    List<String> andRepeats = new ArrayList<>(arguments);
    andRepeats.add(Long.toString(Math.max(1, Math.round(uploaded / framesOnce))));
    List<Measurement> pipeline = measure(PipelineProcess.class, andRepeats, warmUp, rounds);
    bare.addAll(measure(BareLoopProcess.class, arguments, bareWarmUp(), rounds - before));
    double reference = median(bare, Measurement::framesPerSecond);
    System.out.printf("%-7s %10s %10s %7s%n", "round", "bare", "pipeline", "ratio");
    double[] ratios = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      ratios[round] = pipeline.get(round).framesPerSecond() / reference;
      System.out.printf(
          "%-7d %10.2f %10.2f %7.3f%n",
          round + 1,
          bare.get(round).framesPerSecond(),
          pipeline.get(round).framesPerSecond(),
          ratios[round]);
      requireSameDetections(bare.get(round), pipeline.get(round));
    }
    System.out.printf(
        "%.0f detections in the clip's %d frames, in both.%n",
        bare.get(0).detections(), framesOnce);
    printDifference(bare, pipeline);
    Arrays.sort(ratios);
    return String.format(
        "%-22s %-22s %9.2f %9.2f %7.3f %7.3f..%.3f",
        model,
        clip,
        reference,
        median(pipeline, Measurement::framesPerSecond),
        median(ratios),
        ratios[0],
        ratios[rounds - 1]);
  }

  private int bareWarmUp() {
    return Math.min(warmUp, BARE_WARM_UP);
  }

  /** Starts the class, and measures it so often after its warm-up. */
  private List<Measurement> measure(
      Class<?> main, List<String> arguments, int warmUpSeconds, int times)
      throws IOException, InterruptedException {
    List<Measurement> measurements = new ArrayList<>();
    if (times > 0) {
      try (MeasuredProcess process = MeasuredProcess.start(main, jvm, arguments)) {
        for (int i = 0; i < times; i++) {
          measurements.add(process.measure(i == 0 ? warmUpSeconds : 0, seconds));
        }
      }
    }
    return measurements;
  }

  private static void requireSameDetections(Measurement bare, Measurement pipeline) {
    if (bare.detections() != pipeline.detections()) {
      System.out.printf(
          "NOT THE SAME WORK: %s detections in the clip by the bare loop, %s by the pipeline%n",
          bare.detections(), pipeline.detections());
    }
  }

  private static void printDifference(List<Measurement> bare, List<Measurement> pipeline) {
    System.out.printf("%-34s %9s %9s %9s%n", "ms a frame, medians", "bare", "pipeline", "more");
    System.out.println("time of the workers");
    for (Stage stage : Stage.values()) {
      line(
          "  " + stage.name().toLowerCase(Locale.ROOT).replace('_', '-'),
          bare,
          pipeline,
          m -> m.stageMillis(stage));
    }
    System.out.println("processor time by threads");
    TreeSet<String> groups = new TreeSet<>();
    pipeline.forEach(measurement -> groups.addAll(measurement.processor().keySet()));
    for (String group : groups) {
      line("  " + group, bare, pipeline, m -> m.processorMillis(group));
    }
  }

  private static void line(
      String name,
      List<Measurement> bare,
      List<Measurement> pipeline,
      ToDoubleFunction<Measurement> value) {
    double before = median(bare, value);
    double after = median(pipeline, value);
    System.out.printf("%-34s %9.3f %9.3f %+9.3f%n", name, before, after, after - before);
  }

  private static double median(
      List<Measurement> measurements, ToDoubleFunction<Measurement> value) {
    return median(measurements.stream().mapToDouble(value).sorted().toArray());
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
