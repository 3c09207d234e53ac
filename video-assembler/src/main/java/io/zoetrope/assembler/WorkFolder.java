package io.zoetrope.assembler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where files lie while they are made; nobody else looks there. What a killed process left behind
 * is deleted when the next one opens the folder. Any thread.
 */
final class WorkFolder implements AutoCloseable {
  private final Path folder;

  private WorkFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes it, or empties it.
   *
   * @throws UncheckedIOException where that can't be done
   */
  static WorkFolder open(Path folder) {
    try {
      Files.createDirectories(folder);
      WorkFolder opened = new WorkFolder(folder);
      opened.close();
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that isn't there yet; closing deletes it, if it came to be. */
  WorkFile newFile() {
    return new WorkFile(folder.resolve(UUID.randomUUID() + ".mp4"));
  }

  /** A file for the time being. */
  record WorkFile(Path path) implements AutoCloseable {
    @Override
    public void close() {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Deletes what is in it. */
  @Override
  public void close() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
