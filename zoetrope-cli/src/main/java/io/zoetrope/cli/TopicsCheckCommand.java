package io.zoetrope.cli;

import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description =
        "Says how the topics of a cluster differ from what they should be: partitions, replicas, retention, sizes.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:Every topic can be worked with; what differs is your choice.",
      "1:Some are missing or can't be worked with (they are named).",
      TopicsCommand.UNUSABLE
    })
final class TopicsCheckCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Override
  public List<Setting<?>> settings() {
    return List.of(Settings.BOOTSTRAP_SERVERS, Settings.REPLICATION);
  }

  @Override
  public Integer call() {
    return new TopicsRun(common.configuration(settings()), command.commandLine().getOut()).check();
  }
}
