package io.zoetrope.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;

/** The real videos and models that lie beside the project. */
public final class SharedMedia {
  private SharedMedia() {}

  /** A video, by its name there or by its path. */
  public static Path file(String name) {
    return file("media", name);
  }

  /** A model, by its name there or by its path. */
  public static Path model(String name) {
    return file("models", name);
  }

  private static Path file(String folder, String name) {
    Path given = Path.of(name);
    Path file =
        Files.exists(given)
            ? given
            : Path.of(System.getProperty("zoetrope.shared", "../shared"), folder, name);
    Path absolute = file.toAbsolutePath().normalize();
    if (!Files.isReadable(absolute)) {
      throw new IllegalArgumentException("there is no file " + absolute);
    }
    return absolute;
  }
}
