package io.zoetrope.integration;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real videos and models, where they are at hand; a test that needs one is skipped where they
 * aren't.
 */
public final class Shared {
  private static final Path ROOT = Path.of(System.getProperty("zoetrope.shared", "../../shared"));

  private Shared() {}

  /** A video, or the test ends here. */
  public static Path media(String name) {
    return file("media", name);
  }

  /** A model, or the test ends here. */
  public static Path model(String name) {
    return file("models", name);
  }

  private static Path file(String folder, String name) {
    Path file = ROOT.resolve(folder).resolve(name).toAbsolutePath().normalize();
    assumeTrue(Files.exists(file), () -> "skipped: there is no " + file);
    return file;
  }
}
