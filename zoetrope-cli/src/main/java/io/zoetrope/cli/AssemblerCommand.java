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
    name = "assembler",
    description = {
      "Runs an assembler: makes annotated videos of what runs found, and stills and clips for gateways.",
      "",
      "Any number of them share the work of a cluster, one video's, too; start more to be faster, and stop them as you"
          + " like. It shows the topologies that it asks the secret that is set as cluster.secret"
          + " (ZOETROPE_CLUSTER_SECRET). Topics are made by `zoetrope topics create`."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      Foreground.FAILED,
      CommandTree.UNUSABLE,
      Foreground.STUCK,
      Foreground.INTERRUPTED,
      Foreground.TERMINATED
    })
final class AssemblerCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Override
  public List<Setting<?>> settings() {
    return RoleRun.settings(
        Settings.TOPOLOGY_URLS,
        Settings.ASSEMBLER_WORKERS,
        Settings.DATA_DIR,
        Settings.MEDIA_STORE,
        Settings.MEDIA_LOCATIONS);
  }

  @Override
  public Integer call() throws InterruptedException {
    return RoleRun.run(
        RoleProcess.Kind.ASSEMBLER, common.configuration(settings()), command.commandLine());
  }
}
