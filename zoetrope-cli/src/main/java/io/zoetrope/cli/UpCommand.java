package io.zoetrope.cli;

import io.zoetrope.cli.app.Zoetrope;
import io.zoetrope.cli.app.ZoetropeSettings;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.models.ModelShelf;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "up",
    description = {
      "Runs the service: broker, splitter, detector, topology, assembler and HTTP API, until Ctrl-C.",
      "",
      "A second start goes on with the same data. Without --data it lies in zoetrope-data."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      Foreground.FAILED,
      CommandTree.UNUSABLE,
      Foreground.STUCK,
      Foreground.INTERRUPTED,
      Foreground.TERMINATED
    })
final class UpCommand implements Callable<Integer>, CommandTree.HasSettings {
  private static final Path DATA_FOLDER = Path.of("zoetrope-data");

  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> settings = new ArrayList<>(Settings.ofDetection());
    settings.addAll(
        List.of(
            Settings.DATA_DIR,
            Settings.HTTP_HOST,
            Settings.HTTP_PORT,
            Settings.MEDIA_STORE,
            Settings.MEDIA_LOCATIONS,
            Settings.SHADOW_MODELS,
            Settings.ASSEMBLER_WORKERS,
            Settings.BOOTSTRAP_SERVERS,
            Settings.SCHEMA_REGISTRY_URL,
            Settings.INSTANCE,
            Settings.REPLICATION,
            Settings.ADVERTISE_URL,
            Settings.STANDBYS));
    return settings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = common.configuration(settings());
    Path data = configuration.find(Settings.DATA_DIR).orElse(DATA_FOLDER);
    PrintWriter out = command.commandLine().getOut();
    ZoetropeSettings settings = ZoetropeSettings.of(configuration).withDataFolder(data);
    List<Path> models =
        ModelShelf.of(configuration, command.commandLine().getErr())
            .files(configuration.find(Settings.MODELS).orElse(List.of()));
    out.println("Starting Zoetrope in " + data.toAbsolutePath().normalize() + " ...");
    try (Zoetrope zoetrope = Zoetrope.start(settings.withModels(models))) {
      return new Foreground(command.commandLine()).run(zoetrope);
    }
  }
}
