package io.zoetrope.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "topics",
    description = {
      "Makes the topics of an installation, or checks them.",
      "",
      "`zoetrope up` and `zoetrope detect` make what is missing by themselves; `splitter`, `detector`, `topology` and"
          + " `gateway` don't."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TopicsCreateCommand.class, TopicsCheckCommand.class},
    footer = {"", "`zoetrope topics COMMAND --help` tells more about each."})
final class TopicsCommand implements Runnable {
  static final String UNUSABLE = "2:Wrong usage, or a cluster that can't be used.";

  @Spec private CommandSpec command;

  @Override
  public void run() {
    command.commandLine().usage(command.commandLine().getOut());
  }
}
