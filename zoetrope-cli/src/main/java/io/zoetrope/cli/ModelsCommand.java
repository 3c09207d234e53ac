package io.zoetrope.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "models",
    description = {
      "Knows detectors by name, and pulls them.",
      "",
      "`zoetrope detect --model NAME` pulls what isn't here by itself."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ModelsListCommand.class,
      ModelsPullCommand.class,
      ModelsInspectCommand.class,
      ModelsRemoveCommand.class,
      ModelsForgetCommand.class
    },
    footer = {"", "`zoetrope models COMMAND --help` tells more about each."})
final class ModelsCommand implements Runnable {
  static final String UNUSABLE = "2:Wrong usage, or a model that can't be had (it is named).";

  @Spec private CommandSpec command;

  @Override
  public void run() {
    command.commandLine().usage(command.commandLine().getOut());
  }
}
