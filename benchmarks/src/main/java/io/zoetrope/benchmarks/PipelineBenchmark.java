package io.zoetrope.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.detector.inference.WorkerTimes.Stage;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
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
 * model, clip and number of threads. Each measurement has a JVM of its own, with the flags that the
 * launcher gives a service; the two ways take turns.
 */
@Command(
    name = "pipeline",
    mixinStandardHelpOptions = true,
    description = "Frames per second of the whole pipeline, beside the bare loop.")
final class PipelineBenchmark implements Callable<Integer> {
  static final float CONFIDENCE = 0.25f;
  static final float IOU = 0.45f;

  private static final double TARGET = 0.95;
  private static final int START_SECONDS = 8;

  /** Seconds until the JVM has compiled the few methods of the bare loop. */
  private static final int BARE_WARM_UP = 15;

  /** Seconds of work in one upload, so that uploads and cutting go on while it is measured. */
  private static final int UPLOAD_SECONDS = 5;

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
      defaultValue = "120",
      description =
          "Seconds before that, while the JVM still compiles the pipeline; the bare loop takes no more than "
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
    int pairs = rounds * models.size() * clips.size();
    long pairSeconds = warmUp + bareWarmUp() + 2L * (START_SECONDS + seconds);
    System.out.printf(
        "%d measurements of %d s, %d workers each; about %d minutes in all.%n",
        2 * pairs, seconds, workers, Duration.ofSeconds(pairs * pairSeconds).toMinutes() + 1);
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
    System.out.printf("%-7s %10s %10s %7s%n", "round", "bare", "pipeline", "ratio");
    List<Measurement> bare = new ArrayList<>();
    List<Measurement> pipeline = new ArrayList<>();
    long framesOnce = BareFfmpeg.decode(clipFile);
    for (int round = 0; round < rounds; round++) {
      bare.add(run(BareLoopProcess.class, arguments(modelFile, clipFile, bareWarmUp())));
      double uploaded = UPLOAD_SECONDS * bare.get(round).framesPerSecond();
      List<String> andRepeats = new ArrayList<>(arguments(modelFile, clipFile, warmUp));
      andRepeats.add(Long.toString(Math.max(1, Math.round(uploaded / framesOnce))));
      pipeline.add(run(PipelineProcess.class, andRepeats));
      System.out.printf(
          "%-7d %10.2f %10.2f %7.3f%n",
          round + 1,
          bare.get(round).framesPerSecond(),
          pipeline.get(round).framesPerSecond(),
          ratio(bare, pipeline, round));
      requireSameDetections(bare.get(round), pipeline.get(round));
    }
    System.out.printf(
        "%.0f detections in the clip's %d frames, in both.%n",
        bare.get(0).detections(), framesOnce);
    printDifference(bare, pipeline);
    double[] ratios = new double[rounds];
    Arrays.setAll(ratios, round -> ratio(bare, pipeline, round));
    Arrays.sort(ratios);
    return String.format(
        "%-22s %-22s %9.2f %9.2f %7.3f %7.3f..%.3f",
        model,
        clip,
        median(bare, Measurement::framesPerSecond),
        median(pipeline, Measurement::framesPerSecond),
        median(ratios),
        ratios[0],
        ratios[rounds - 1]);
  }

  private int bareWarmUp() {
    return Math.min(warmUp, BARE_WARM_UP);
  }

  private List<String> arguments(Path model, Path clip, int warmUpSeconds) {
    return List.of(
        model.toString(),
        clip.toString(),
        Integer.toString(workers),
        Integer.toString(warmUpSeconds),
        Integer.toString(seconds));
  }

  private static double ratio(List<Measurement> bare, List<Measurement> pipeline, int round) {
    return pipeline.get(round).framesPerSecond() / bare.get(round).framesPerSecond();
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

  private Measurement run(Class<?> process, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("java");
    command.addAll(Launcher.options(jvm));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), process.getName()));
    command.addAll(arguments);
    Path output = Files.createTempFile("zoetrope-benchmark", ".txt");
    try {
      int status =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(Redirect.INHERIT)
              .start()
              .waitFor();
      List<String> lines = Files.readAllLines(output, UTF_8);
      if (status != 0) {
        lines.forEach(System.out::println);
        throw new IllegalStateException(process.getSimpleName() + " ended with " + status);
      }
      return Measurement.parse(lines);
    } finally {
      Files.delete(output);
    }
  }
}
