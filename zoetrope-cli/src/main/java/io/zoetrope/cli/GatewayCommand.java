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
    name = "gateway",
    description = {
      "Runs a gateway: serves the HTTP API, with answers from the topologies that it is told of.",
      "",
      "Any number of them serve one cluster. It shows the topologies the secret that is set as cluster.secret"
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
final class GatewayCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> settings =
        new ArrayList<>(
            RoleRun.settings(
                Settings.TOPOLOGY_URLS,
                Settings.ASSEMBLER_URLS,
                Settings.MODELS,
                Settings.SHADOW_MODELS,
                Settings.MEDIA_STORE,
                Settings.MEDIA_LOCATIONS));
    settings.addAll(Settings.ofRuns());
    return settings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return RoleRun.run(
        RoleProcess.Kind.GATEWAY, common.configuration(settings()), command.commandLine());
  }
}
