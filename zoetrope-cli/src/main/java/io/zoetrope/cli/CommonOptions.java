package io.zoetrope.cli;

import io.zoetrope.cli.app.Logging;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Setting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** What every command takes, and how it comes by its {@link Configuration}. */
final class CommonOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Read settings from this file (default: zoetrope.properties, if it is there).")
  private Path file;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log to the terminal what goes on, with stack traces.")
  private boolean verbose;

  /** The settings of this invocation; prints warnings. */
  Configuration configuration(Iterable<Setting<?>> flags) {
    Logging.toTerminal(verbose);
    ParseResult parsed = command.commandLine().getParseResult();
    Map<String, String> given = new HashMap<>();
    for (Setting<?> setting : flags) {
      if (parsed.hasMatchedOption(setting.flag())) {
        given.put(setting.key(), parsed.matchedOptionValue(setting.flag(), ""));
      }
    }
    Configuration configuration =
        Configuration.load(given, System.getenv(), Optional.ofNullable(file), Path.of(""));
    configuration
        .warnings()
        .forEach(warning -> command.commandLine().getErr().println("zoetrope: " + warning));
    return configuration;
  }
}
