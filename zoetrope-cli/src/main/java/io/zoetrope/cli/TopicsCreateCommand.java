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
    name = "create",
    description = {
      "Makes the topics that are missing, and sets how soon the death of a splitter is noticed.",
      "",
      "Topics that are there stay as they are; it says how they differ from what they should be. With at least three"
          + " replicas, a record counts as written only when two brokers have it (min.insync.replicas=2)."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:Every topic is there and can be worked with.",
      "1:Some that were there can't be worked with (they are named).",
      TopicsCommand.UNUSABLE
    })
final class TopicsCreateCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Override
  public List<Setting<?>> settings() {
    return List.of(Settings.BOOTSTRAP_SERVERS, Settings.REPLICATION);
  }

  @Override
  public Integer call() {
    return new TopicsRun(common.configuration(settings()), command.commandLine().getOut()).create();
  }
}
