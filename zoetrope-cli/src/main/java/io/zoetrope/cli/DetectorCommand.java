package io.zoetrope.cli;

import io.zoetrope.cli.app.RoleProcess;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "detector",
    description = {
      "Runs a detector: finds objects in frame batches, with one model or several.",
      "",
      "Any number of them share the work of a cluster, those of one model that model's; start more to be faster, and"
          + " stop them as you like. Topics are made by `zoetrope topics create`."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      Foreground.FAILED,
      CommandTree.UNUSABLE,
      Foreground.STUCK,
      Foreground.INTERRUPTED,
      Foreground.TERMINATED
    })
final class DetectorCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> settings =
        new ArrayList<>(RoleRun.settings(Settings.MEDIA_STORE, Settings.MEDIA_LOCATIONS));
    // What counts is said where runs are asked for.
    settings.addAll(Settings.ofModels());
    return settings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return RoleRun.run(
        RoleProcess.Kind.DETECTOR, common.configuration(settings()), command.commandLine());
  }
}
