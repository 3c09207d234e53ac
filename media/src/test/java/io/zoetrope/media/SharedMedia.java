package io.zoetrope.media;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The real videos that lie beside the project; tests that need them are skipped without. */
final class SharedMedia {
  private static final Path FOLDER =
      Path.of(System.getProperty("zoetrope.shared", "../../shared"), "media");

  private SharedMedia() {}

  static Path file(String name) {
    Path file = FOLDER.resolve(name);
    assumeTrue(Files.isReadable(file), () -> "needs the shared media folder: no " + file);
    return file;
  }

  /** All videos that are there; none where the folder isn't. */
  static List<String> names() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".md"))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SeekableByteChannel open(Path file) {
    try {
      return Files.newByteChannel(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
