package io.zoetrope.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;

/** The real videos that lie beside the project. */
final class SharedMedia {
  private SharedMedia() {}

  static Path file(String name) {
    Path given = Path.of(name);
    Path file =
        Files.exists(given)
            ? given
            : Path.of(System.getProperty("zoetrope.shared", "../shared"), "media", name);
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("there is no video " + file.toAbsolutePath().normalize());
    }
    return file;
  }
}
