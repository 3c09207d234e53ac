package io.zoetrope.cli;

import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Configuration.Entry;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "config",
    description = {
      "Lists every setting: its key, its value, where that comes from, and what it means.",
      "",
      "A flag goes before the environment (http.port is ZOETROPE_HTTP_PORT), that before the file, that before the"
          + " default. Keys that begin with kafka. are handed to Kafka's clients without that prefix."
    })
final class ConfigCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Configuration configuration = common.configuration(List.of());
    PrintWriter out = command.commandLine().getOut();
    for (Entry entry : configuration.entries()) {
      String value = isSecret(entry.key()) && !entry.value().isEmpty() ? "(hidden)" : entry.value();
      out.println(
          String.format(
              Locale.ROOT,
              "%-22s %-24s %-12s %s",
              entry.key(),
              value.isEmpty() ? "-" : value,
              entry.origin(),
              entry.description()));
    }
    return 0;
  }

  private static boolean isSecret(String key) {
    return key.contains("password") || key.contains("jaas") || key.contains("secret");
  }
}
