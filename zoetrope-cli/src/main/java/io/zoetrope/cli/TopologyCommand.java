package io.zoetrope.cli;

import io.zoetrope.cli.app.RoleProcess;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "topology",
    description = {
      "Runs a topology: folds detections into state stores, and answers questions from them.",
      "",
      "Any number of them share the videos of a cluster, each with a folder of its own. Topics are made by"
          + " `zoetrope topics create`."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      Foreground.FAILED,
      CommandTree.UNUSABLE,
      Foreground.STUCK,
      Foreground.INTERRUPTED,
      Foreground.TERMINATED
    })
final class TopologyCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Override
  public List<Setting<?>> settings() {
    return RoleRun.settings(
        Settings.DATA_DIR, Settings.ADVERTISE_URL, Settings.STANDBYS, Settings.REPLICATION);
  }

  @Override
  public Integer call() throws InterruptedException {
    return RoleRun.run(
        RoleProcess.Kind.TOPOLOGY, common.configuration(settings()), command.commandLine());
  }
}
