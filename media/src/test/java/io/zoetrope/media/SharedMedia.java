package io.zoetrope.media;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real videos that lie beside the project; tests that need them are skipped without. */
final class SharedMedia {
  private SharedMedia() {}

  static Path file(String name) {
    Path file = Path.of(System.getProperty("zoetrope.shared", "../../shared"), "media", name);
    assumeTrue(Files.isReadable(file), () -> "needs the shared media folder: no " + file);
    return file;
  }

  static SeekableByteChannel open(Path file) {
    try {
      return Files.newByteChannel(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
