package io.zoetrope.cli;

import io.zoetrope.cli.app.FilterSettings;
import io.zoetrope.cli.app.ModelOptionSettings;
import io.zoetrope.cli.client.ZoetropeClient;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.models.ServedModels;
import io.zoetrope.cli.report.Progress;
import io.zoetrope.cli.report.ProgressDisplay;
import io.zoetrope.cli.report.Terminal;
import io.zoetrope.cli.rerun.ChosenVideos;
import io.zoetrope.cli.rerun.RerunJob;
import io.zoetrope.cli.rerun.RunReport;
import io.zoetrope.cli.rerun.RunTable;
import io.zoetrope.cli.rerun.Since;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description = {
      "Runs a model over videos that a running Zoetrope has already.",
      "",
      "The same run asked for again is answered from what is there; batches of it that failed are tried again in the"
          + " meantime. Videos are named by their ids, as `GET /v1/videos` lists them; results stay in the service."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {CommandTree.DONE, CommandTree.IN_PART, CommandTree.UNUSABLE})
final class RunCommand implements Callable<Integer>, CommandTree.HasSettings {
  /** Where `zoetrope up` listens unless it is told otherwise. */
  private static final URI DEFAULT_SERVER = URI.create("http://127.0.0.1:8080");

  @Mixin private CommonOptions common;
  @Mixin private WantedFrames frames;
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "VIDEO", arity = "0..*", description = "The ids of the videos.")
  private List<String> videos = new ArrayList<>();

  @Option(names = "--all", description = "Run over every video instead.")
  private boolean all;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Of all, only those submitted since then: 7d, 12h, 2026-11-20, 2026-11-20T18:00 or 2026-11-20T18:00:00Z.")
  private String since;

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        Settings.MODELS,
        Settings.SERVER_URL,
        Settings.CONFIDENCE,
        Settings.IOU,
        Settings.LABELS,
        Settings.DROP_LABELS,
        Settings.LABEL_CONFIDENCE,
        Settings.MIN_SIZE,
        Settings.REGION);
  }

  @Override
  public Integer call() {
    require(all == videos.isEmpty(), "name videos by their ids, or give --all");
    require(since == null || all, "--since goes with --all");
    Optional<Instant> from = Optional.ofNullable(since).map(this::instant);
    Configuration configuration = common.configuration(settings());
    ZoetropeClient client =
        new ZoetropeClient(configuration.find(Settings.SERVER_URL).orElse(DEFAULT_SERVER));
    Map<String, Object> wish = wish(configuration);
    wish.put("modelId", modelId(configuration, client));
    ChosenVideos chosen = all ? ChosenVideos.all(client, from) : ChosenVideos.named(videos);
    PrintWriter err = command.commandLine().getErr();
    if (chosen.undated() > 0) {
      err.printf(
          "zoetrope: videos left out because an earlier release didn't keep when they were submitted: %d; name them, or leave --since out%n",
          chosen.undated());
    }
    return report(client, wish, chosen, err);
  }

  private int report(
      ZoetropeClient client, Map<String, Object> wish, ChosenVideos chosen, PrintWriter err) {
    Progress.Style style = Progress.Style.ofLocale(System.getenv());
    try (ProgressDisplay display = new ProgressDisplay(err, Terminal.ofErrorStream(), style)) {
      List<RunReport> reports = new RerunJob(client, wish, display).run(chosen.videos());
      PrintWriter out = command.commandLine().getOut();
      out.print(RunTable.render(reports));
      out.flush();
      return reports.stream().mapToInt(RunReport::exitStatus).max().orElse(0);
    }
  }

  /** What the runs are to be, by the names of the API and in the types of JSON. */
  private Map<String, Object> wish(Configuration configuration) {
    Map<String, Object> wish = new TreeMap<>(frames.wish());
    wish.putAll(FilterSettings.wish(configuration));
    wish.put("confidence", configuration.get(Settings.CONFIDENCE));
    wish.put("iou", configuration.get(Settings.IOU));
    return wish;
  }

  private String modelId(Configuration configuration, ZoetropeClient client) {
    List<String> models = configuration.find(Settings.MODELS).orElse(List.of());
    require(models.size() == 1, "--model has to name one model that the service runs");
    return ServedModels.idOf(models.get(0), ModelOptionSettings.of(configuration), client::models);
  }

  private Instant instant(String text) {
    try {
      return Since.parse(text, ZonedDateTime.now(ZoneId.systemDefault()));
    } catch (DateTimeParseException e) {
      throw new ParameterException(
          command.commandLine(),
          "--since has to be a time that passed, as in 7d, or a date, as in 2026-11-20, but is "
              + text,
          e);
    }
  }

  private void require(boolean valid, String sentence) {
    if (!valid) {
      throw new ParameterException(command.commandLine(), sentence);
    }
  }
}
