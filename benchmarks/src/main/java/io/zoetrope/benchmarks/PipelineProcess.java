package io.zoetrope.benchmarks;

import io.zoetrope.benchmarks.Measurement.Snapshot;
import io.zoetrope.cli.app.Zoetrope;
import io.zoetrope.cli.app.ZoetropeSettings;
import io.zoetrope.cli.client.ZoetropeClient;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.detector.inference.WorkerTimes.Stage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A whole Zoetrope in a process of its own: broker, HTTP API, splitter, detector, topology. A clip
 * is uploaded again and again, so that there is always more to do.
 */
final class PipelineProcess implements Subject {
  private static final int FEED_SECONDS = 2;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI metrics;
  private final Submissions submissions;
  private final int repeats;

  private PipelineProcess(URI server, Submissions submissions, int repeats) {
    this.metrics = server.resolve("/metrics");
    this.submissions = submissions;
    this.repeats = repeats;
  }

  /** Arguments: model, clip, workers, repeats of the clip in one upload. */
  public static void main(String[] arguments) throws Exception {
    int repeats = Integer.parseInt(arguments[3]);
    Path folder = Files.createTempDirectory("zoetrope-benchmark");
    Path video = folder.resolve("looped.mp4");
    Map<String, String> flags =
        Map.of(
            "detector.workers", arguments[2],
            "detect.confidence", Float.toString(PipelineBenchmark.CONFIDENCE),
            "detect.iou", Float.toString(PipelineBenchmark.IOU));
    Configuration configuration = Configuration.load(flags, Map.of(), Optional.empty(), folder);
    ZoetropeSettings settings =
        ZoetropeSettings.of(configuration).withModels(List.of(Path.of(arguments[0])));
    try (Zoetrope zoetrope = Zoetrope.start(settings.onLoopback())) {
      long frames = LoopedVideo.write(Path.of(arguments[1]), video, repeats);
      ZoetropeClient client = new ZoetropeClient(zoetrope.url());
      Subject.serve(
          new PipelineProcess(zoetrope.url(), new Submissions(client, video, frames), repeats));
    } finally {
      Files.deleteIfExists(video);
      Files.delete(folder);
    }
    System.exit(0);
  }

  @Override
  public void work(long seconds) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      submissions.keepAhead(pictures(scrape()));
      TimeUnit.SECONDS.sleep(FEED_SECONDS);
    }
  }

  @Override
  public double detections() throws IOException, InterruptedException {
    OptionalLong detections = submissions.detectionsInTheFirst();
    while (detections.isEmpty()) {
      work(1);
      detections = submissions.detectionsInTheFirst();
    }
    return (double) detections.getAsLong() / repeats;
  }

  @Override
  public Snapshot snapshot() throws IOException, InterruptedException {
    String text = scrape();
    Map<Stage, Long> stages = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      String label = "stage=\"" + stage.name().toLowerCase(Locale.ROOT) + "\"";
      stages.put(
          stage, (long) (1e9 * value(text, "zoetrope_detector_worker_seconds_total", label)));
    }
    return Snapshot.of(pictures(text), stages);
  }

  private static long pictures(String text) {
    return (long) value(text, "zoetrope_detector_pictures_total", "");
  }

  private String scrape() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(metrics).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  /** The value on the line of a meter that has a label. */
  private static double value(String text, String meter, String label) {
    return text.lines()
        .filter(line -> line.startsWith(meter) && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
