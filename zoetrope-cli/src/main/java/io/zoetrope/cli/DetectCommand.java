package io.zoetrope.cli;

import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "detect",
    description = {
      "Finds objects in videos and writes them to files.",
      "",
      "Starts a Zoetrope of its own, with an embedded broker, and deletes its data at the end; --data keeps it, --server"
          + " uses one that is running."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {CommandTree.DONE, CommandTree.IN_PART, CommandTree.UNUSABLE})
final class DetectCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Mixin private WantedFrames frames;
  @Mixin private WantedAnnotation annotation;
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "VIDEO", arity = "1..*", description = "The video files.")
  private List<Path> videos;

  @Option(
      names = "--json",
      description =
          "Print one JSON document on stdout instead of the table, and nothing else there.")
  private boolean json;

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> settings = new ArrayList<>(Settings.ofDetection());
    settings.addAll(
        List.of(
            Settings.OUTPUT_DIR,
            Settings.DATA_DIR,
            Settings.SERVER_URL,
            Settings.BOOTSTRAP_SERVERS,
            Settings.SCHEMA_REGISTRY_URL));
    return settings;
  }

  @Override
  public Integer call() {
    return new DetectionRun(common.configuration(settings()), json, command.commandLine())
        .overVideos(videos, frames.parameters(), annotation.wish());
  }
}
