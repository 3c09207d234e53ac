package io.zoetrope.cli;

import io.zoetrope.cli.app.Logging;
import io.zoetrope.cli.app.RoleProcess;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** What the commands that are one role each have in common. */
final class RoleRun {
  private RoleRun() {}

  /** The settings that every role takes, and those of one. */
  static List<Setting<?>> settings(Setting<?>... own) {
    List<Setting<?>> settings =
        new ArrayList<>(
            List.of(
                Settings.BOOTSTRAP_SERVERS,
                Settings.SCHEMA_REGISTRY_URL,
                Settings.INSTANCE,
                Settings.HTTP_HOST,
                Settings.HTTP_PORT));
    settings.addAll(List.of(own));
    return settings;
  }

  /** Runs the role until it is told to stop; returns the exit status where it fails. */
  static int run(RoleProcess.Kind kind, Configuration configuration, CommandLine command)
      throws InterruptedException {
    Logging.ofService();
    command
        .getOut()
        .println(
            "Starting a %s on %s ..."
                .formatted(
                    kind.name().toLowerCase(Locale.ROOT),
                    configuration.find(Settings.BOOTSTRAP_SERVERS).orElse("no cluster")));
    try (RoleProcess process = RoleProcess.start(kind, configuration, command.getErr())) {
      return new Foreground(command).run(process);
    }
  }
}
