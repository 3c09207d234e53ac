package io.zoetrope.cli.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which videos pictures are being made of, on record in a folder, so that the next process knows
 * which of them the one before it may have died of, and how many did; of the last day, when it is
 * opened. Any thread; one process at a time.
 */
final class PictureDeaths {
  private static final Logger LOG = LoggerFactory.getLogger(PictureDeaths.class);
  private static final Duration REMEMBERED = Duration.ofDays(1);
  private static final String IN_HAND = ".in-hand";
  private static final String DEATHS = ".deaths";

  private final Path folder;
  private final Map<String, Integer> deaths = new ConcurrentHashMap<>();

  private PictureDeaths(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens the folder, which is made if it isn't there.
   *
   * @throws UncheckedIOException where that can't be done
   */
  static PictureDeaths open(Path folder, InstantSource clock) {
    PictureDeaths opened = new PictureDeaths(folder);
    try {
      Files.createDirectories(folder);
      opened.read(clock.instant().minus(REMEMBERED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return opened;
  }

  private void read(Instant oldest) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.toList();
    }
    Set<String> inHand = new HashSet<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      String video = name.substring(0, Math.max(0, name.indexOf('.')));
      if (name.endsWith(IN_HAND)) {
        inHand.add(video);
      } else if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
        Files.delete(file);
      } else {
        deaths.put(video, (int) Files.size(file));
      }
    }
    for (String video : inHand) {
      // One byte for each.
      int count = deaths.merge(video, 1, Integer::sum);
      Files.write(folder.resolve(video + DEATHS), new byte[count]);
    }
    for (Path file : files) {
      if (file.toString().endsWith(IN_HAND)) {
        Files.delete(file);
      }
    }
  }

  /** How many processes ended while they made pictures of a video. */
  int of(String videoId) {
    return deaths.getOrDefault(name(videoId), 0);
  }

  /** That a picture is being made. */
  final class Attempt {
    private final String video;
    private final Path file;

    private Attempt(String video) {
      this.video = video;
      this.file = folder.resolve(video + "." + UUID.randomUUID() + IN_HAND);
      try {
        Files.createFile(file);
      } catch (IOException e) {
        LOG.warn("A picture is made that isn't on record", e);
      }
    }

    /** It was made, or can't be, and the process lives: the video has shown that nobody dies. */
    void end() {
      delete(file);
      if (deaths.remove(video) != null) {
        delete(folder.resolve(video + DEATHS));
      }
    }
  }

  /** On record when this returns. */
  Attempt begin(String videoId) {
    return new Attempt(name(videoId));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("What is on record of a picture stays there", e);
    }
  }

  /** Of a file, whatever the id is made of. */
  private static String name(String videoId) {
    return UUID.nameUUIDFromBytes(videoId.getBytes(UTF_8)).toString();
  }
}
