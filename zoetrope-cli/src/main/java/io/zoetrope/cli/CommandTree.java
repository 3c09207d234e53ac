package io.zoetrope.cli;

import io.zoetrope.cli.config.Setting;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/**
 * {@code zoetrope} with its subcommands. Exit status: 0 done, 1 done in part or failed, 2 wrong
 * usage or unusable input.
 */
@Command(
    name = "zoetrope",
    description = "Finds objects in videos, as a stream.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      DetectCommand.class,
      RunCommand.class,
      UpCommand.class,
      SplitterCommand.class,
      DetectorCommand.class,
      TopologyCommand.class,
      AssemblerCommand.class,
      GatewayCommand.class,
      TopicsCommand.class,
      ModelsCommand.class,
      VerifyCommand.class,
      DeadLettersCommand.class,
      ConfigCommand.class,
      HelpCommand.class
    },
    footer = {"", "`zoetrope COMMAND --help` tells more about each."})
final class CommandTree implements Runnable {
  static final String DONE = "0:Every video is done, no frame is missing.";
  static final String IN_PART = "1:Some frames failed (they are named), or Zoetrope itself did.";
  static final String UNUSABLE = "2:Wrong usage, or an input that can't be used (it is named).";

  @Spec private CommandSpec command;

  private CommandTree() {}

  /** The command line over the given streams, ready to execute. */
  static CommandLine create(PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new CommandTree());
    line.getSubcommands().values().forEach(CommandTree::complete);
    ErrorMessages errors = new ErrorMessages();
    return line.setOut(out)
        .setErr(err)
        .setUsageHelpAutoWidth(true)
        .setAbbreviatedOptionsAllowed(false)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  private static void complete(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (spec.userObject() instanceof HasSettings settings) {
      settings.settings().forEach(setting -> spec.addOption(option(setting)));
    }
    spec.mixinStandardHelpOptions(true);
    command.getSubcommands().values().forEach(CommandTree::complete);
  }

  /** A command that takes settings as options. */
  interface HasSettings {
    List<Setting<?>> settings();
  }

  private static OptionSpec option(Setting<?> setting) {
    String fallback = setting.defaultValue().map(value -> " (default: " + value + ")").orElse("");
    return OptionSpec.builder(setting.flag())
        .type(String.class)
        .paramLabel(setting.placeholder())
        .description(sentence(setting.description()).replace("%", "%%") + fallback + ".")
        .build();
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  @Override
  public void run() {
    command.commandLine().usage(command.commandLine().getOut());
  }
}
