package io.zoetrope.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file in a state directory that says that the process which had it ended by itself. What a
 * killed one leaves of the partitions that it worked on can't be used under exactly-once, unlike
 * its standbys; Kafka Streams finds that out by opening each store, and once more when it is given
 * the partition.
 */
final class StopMark {
  private static final Logger LOG = LoggerFactory.getLogger(StopMark.class);

  private final Path file;

  StopMark(Path stateDir) {
    this.file = stateDir.resolve("stopped");
  }

  /** Leaves the mark, where it can be written. */
  void leave() {
    try {
      Files.write(file, new byte[0]);
    } catch (IOException e) {
      LOG.warn("{} can't be written; the next start fills every store again", file, e);
    }
  }

  /** Takes the mark away, so that only another stop leaves one; whether there was one. */
  boolean take() {
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
