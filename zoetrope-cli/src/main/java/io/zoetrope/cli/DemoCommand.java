package io.zoetrope.cli;

import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description =
        "Does what `detect` does, on a bundled video of moving shapes with a bundled model.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {CommandTree.DONE, CommandTree.IN_PART, CommandTree.UNUSABLE})
final class DemoCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Option(
      names = "--json",
      description =
          "Print one JSON document on stdout instead of the table, and nothing else there.")
  private boolean json;

  @Override
  public List<Setting<?>> settings() {
    return List.of(Settings.CONFIDENCE, Settings.IOU, Settings.OUTPUT_DIR);
  }

  @Override
  public Integer call() {
    return new DetectionRun(common.configuration(settings()), json, command.commandLine())
        .overTheSample();
  }
}
