package io.zoetrope.cli;

import io.zoetrope.cli.app.FilterSettings;
import io.zoetrope.cli.app.ModelOptionSettings;
import io.zoetrope.cli.app.Zoetrope;
import io.zoetrope.cli.app.ZoetropeSettings;
import io.zoetrope.cli.client.ZoetropeClient;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.detect.AnnotationJob;
import io.zoetrope.cli.detect.DetectionJob;
import io.zoetrope.cli.detect.VideoInput;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.cli.models.ModelShelf;
import io.zoetrope.cli.models.ServedModels;
import io.zoetrope.cli.report.EndTable;
import io.zoetrope.cli.report.JsonReport;
import io.zoetrope.cli.report.Progress;
import io.zoetrope.cli.report.ProgressDisplay;
import io.zoetrope.cli.report.StageTimes;
import io.zoetrope.cli.report.Terminal;
import io.zoetrope.cli.report.VideoReport;
import io.zoetrope.detector.onnx.Device;
import io.zoetrope.samples.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine;

/**
 * What {@code detect} and {@code demo} have in common: a service, a job on it, a report at the end.
 */
final class DetectionRun {
  private final Configuration configuration;
  private final boolean json;
  private final PrintWriter out;
  private final PrintWriter err;
  private final StageTimes stages = new StageTimes();
  private Optional<Map<String, Object>> annotation = Optional.empty();

  DetectionRun(Configuration configuration, boolean json, CommandLine command) {
    this.configuration = configuration;
    this.json = json;
    this.out = command.getOut();
    this.err = command.getErr();
  }

  /**
   * Detects in the videos, prints, and returns the exit status.
   *
   * @param wantedFrames which frames to look at, by the names of the HTTP API
   * @param annotation how they are annotated, likewise; empty where they aren't
   */
  int overVideos(
      List<Path> videos,
      Map<String, String> wantedFrames,
      Optional<Map<String, Object>> annotation) {
    this.annotation = annotation;
    Path output = outputFolder();
    if (videos.stream().allMatch(video -> VideoInput.problem(video).isPresent())) {
      return print(videos.stream().map(this::refuse).toList());
    }
    Optional<String> model = model();
    Optional<URI> server = configuration.find(Settings.SERVER_URL);
    if (server.isEmpty()) {
      ZoetropeSettings settings = ZoetropeSettings.of(configuration);
      Map<String, String> options = options(wantedFrames);
      List<Path> files = ModelShelf.of(configuration, err).files(model.stream().toList());
      return inOwnService(settings.withModels(files), options, videos, output);
    }
    refuseBesideServer();
    Map<String, String> options = options(wantedFrames);
    options.putAll(FilterSettings.parameters(configuration));
    model.ifPresent(name -> options.put("modelId", modelId(name, server.get())));
    return print(job(server.get(), options, output, () -> {}, videos));
  }

  /** Detects in the bundled video with the bundled model, prints, and returns the exit status. */
  int overTheSample() {
    Path output = outputFolder();
    try {
      Path video = Samples.copyVideo(output);
      ZoetropeSettings settings = ZoetropeSettings.of(configuration).withBundledModel();
      return inOwnService(settings, options(Map.of()), List.of(video), output);
    } catch (IOException e) {
      throw unwritable(output, e);
    }
  }

  private int inOwnService(
      ZoetropeSettings settings, Map<String, String> options, List<Path> videos, Path output) {
    err.println("Starting Zoetrope ...");
    List<VideoReport> reports;
    try (Zoetrope zoetrope = stages.measure("start", () -> Zoetrope.start(own(settings)))) {
      zoetrope.devicesPassedOver().forEach(err::println);
      if (configuration.get(Settings.DEVICE) != Device.Kind.CPU) {
        zoetrope
            .devices()
            .forEach((model, device) -> err.println(model + " runs on " + device + "."));
      }
      reports = job(zoetrope.url(), options, output, zoetrope::check, videos);
    }
    return print(reports);
  }

  private ZoetropeSettings own(ZoetropeSettings settings) {
    ZoetropeSettings local = settings.onLoopback();
    return annotation.isPresent() ? local : local.withoutAssembler();
  }

  /** Nothing has to be started to say that a file isn't there. */
  private VideoReport refuse(Path video) {
    VideoReport.Failure problem = VideoInput.problem(video).orElseThrow();
    ErrorMessages.print(err, problem.code(), problem.message());
    return VideoReport.failed(video, problem.code(), problem.message());
  }

  private List<VideoReport> job(
      URI server, Map<String, String> options, Path output, Runnable check, List<Path> videos) {
    Progress.Style style = Progress.Style.ofLocale(System.getenv());
    try (ProgressDisplay display = new ProgressDisplay(err, Terminal.ofErrorStream(), style)) {
      ZoetropeClient client = new ZoetropeClient(server);
      List<VideoReport> reports =
          new DetectionJob(client, options, output, display, stages, check).run(videos);
      if (annotation.isEmpty()) {
        return reports;
      }
      AnnotationJob job = new AnnotationJob(client, annotation.get(), display, check);
      return stages.measure("annotate", () -> job.run(reports));
    }
  }

  private int print(List<VideoReport> reports) {
    if (json) {
      out.println(JsonReport.render(reports));
    } else {
      out.print(EndTable.render(reports, stages.times()));
      out.flush();
    }
    return reports.stream().mapToInt(VideoReport::exitStatus).max().orElse(0);
  }

  private Optional<String> model() {
    List<String> models = configuration.find(Settings.MODELS).orElse(List.of());
    if (models.size() > 1) {
      throw new UserError(
          "CONFIG_INVALID",
          "detect takes one model; give several to `zoetrope up`, and choose one with detect --server");
    }
    return models.stream().findFirst();
  }

  private String modelId(String model, URI server) {
    return ServedModels.idOf(
        model, ModelOptionSettings.of(configuration), () -> new ZoetropeClient(server).models());
  }

  private Map<String, String> options(Map<String, String> wantedFrames) {
    Map<String, String> options = new TreeMap<>(wantedFrames);
    options.put("confidence", configuration.get(Settings.CONFIDENCE).toString());
    options.put("iou", configuration.get(Settings.IOU).toString());
    return options;
  }

  private void refuseBesideServer() {
    for (var setting : List.of(Settings.DATA_DIR, Settings.BOOTSTRAP_SERVERS)) {
      if (configuration.find(setting).isPresent()) {
        throw new UserError(
            "CONFIG_INVALID",
            setting.flag()
                + " is for a Zoetrope that is started, --server for one that is running; leave one of the two out");
      }
    }
  }

  private Path outputFolder() {
    Path output = configuration.get(Settings.OUTPUT_DIR);
    try {
      Files.createDirectories(output);
      Files.delete(Files.createTempFile(output, ".writable", null));
      return output;
    } catch (IOException e) {
      throw unwritable(output, e);
    }
  }

  private static UserError unwritable(Path output, IOException e) {
    return new UserError(
        "OUTPUT_UNWRITABLE",
        "the folder " + output + " can't be written (" + e + "); choose another with --output",
        e);
  }
}
