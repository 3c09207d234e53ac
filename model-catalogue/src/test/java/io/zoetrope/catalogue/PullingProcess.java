package io.zoetrope.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A process that pulls one model, for tests that kill it, or that need two. */
final class PullingProcess {
  private PullingProcess() {}

  public static void main(String[] arguments) {
    ModelPull pull =
        new ModelPull(
            ModelsFolder.at(Path.of(arguments[0])), Map.of(), Fixture.LIMIT, new Fixture.Heard());
    pull.pull(Fixture.entry(URI.create(arguments[1]), Optional.empty()), Optional.empty());
  }

  static Process start(ModelsFolder folder, URI url) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            PullingProcess.class.getName(),
            folder.path().toString(),
            url.toString())
        .inheritIO()
        .start();
  }
}
