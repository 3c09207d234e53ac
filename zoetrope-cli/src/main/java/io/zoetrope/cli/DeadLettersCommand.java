package io.zoetrope.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "dead-letters",
    description = {
      "Shows what was set aside because it couldn't be used, and tries it again.",
      "",
      "Dead letters stay for four weeks. Each says why it was set aside and where it came from."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeadLettersListCommand.class,
      DeadLettersShowCommand.class,
      DeadLettersReplayCommand.class
    },
    footer = {"", "`zoetrope dead-letters COMMAND --help` tells more about each."})
final class DeadLettersCommand implements Runnable {
  static final String UNUSABLE = "2:Wrong usage, or a cluster that can't be used.";

  @Spec private CommandSpec command;

  @Override
  public void run() {
    command.commandLine().usage(command.commandLine().getOut());
  }
}
