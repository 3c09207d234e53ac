package io.zoetrope.cli.data;

import io.zoetrope.cli.error.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A data folder for one command, under the user's cache folder, deleted at the end. What a killed
 * command left behind is deleted when the next one starts: its lock is free then. Where the
 * launcher starts a command again that crashed, it goes on in the folder of the dead process.
 */
public final class PrivateFolder implements AutoCloseable {
  private static final String PREFIX = "run-";

  private final DataFolder folder;

  private PrivateFolder(DataFolder folder) {
    this.folder = folder;
  }

  /** Set by the launcher to the process that crashed and that this one takes the place of. */
  static final String CRASHED = "ZOETROPE_CRASHED";

  /** Where this user's programs keep what they can do without. */
  public static Path cacheFolder() {
    return cacheFolder(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** {@code $XDG_CACHE_HOME/zoetrope}, or {@code ~/.cache/zoetrope}. */
  static Path cacheFolder(Map<String, String> environment, Path home) {
    String configured = environment.getOrDefault("XDG_CACHE_HOME", "");
    // The XDG specification has relative paths ignored.
    Path cache =
        !configured.isEmpty() && Path.of(configured).isAbsolute()
            ? Path.of(configured)
            : home.resolve(".cache");
    return cache.resolve("zoetrope");
  }

  /**
   * Deletes left-overs below {@code cache} and opens a new folder there, or that of {@code
   * crashed}.
   *
   * @param crashed number of a process, if there is one to take the place of
   * @throws UserError {@code DATA_FOLDER_UNWRITABLE}
   */
  static synchronized PrivateFolder create(Path cache, Optional<String> crashed) {
    try {
      Files.createDirectories(cache);
      // One command at a time, or one would take another's new folder, not locked yet, for a
      // left-over.
      try (FileChannel turn =
          FileChannel.open(
              cache.resolve(DataFolder.LOCK_FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        turn.lock();
        Optional<Path> left = crashed.flatMap(process -> folderOf(process, cache));
        removeLeftOvers(cache, left);
        return new PrivateFolder(
            DataFolder.open(
                left.isPresent() ? left.get() : Files.createTempDirectory(cache, PREFIX)));
      }
    } catch (IOException e) {
      throw new UserError(
          "DATA_FOLDER_UNWRITABLE",
          "the cache folder "
              + cache
              + " can't be written ("
              + e
              + "); choose a data folder with --data",
          e);
    }
  }

  /** The same below the cache folder of this user. */
  public static PrivateFolder create() {
    return create(cacheFolder(), Optional.ofNullable(System.getenv(CRASHED)));
  }

  public DataFolder folder() {
    return folder;
  }

  private static Optional<Path> folderOf(String process, Path cache) {
    try {
      return candidates(cache).stream()
          .filter(folder -> DataFolder.lastProcess(folder).equals(process))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> candidates(Path cache) throws IOException {
    try (Stream<Path> children = Files.list(cache)) {
      return children.filter(child -> child.getFileName().toString().startsWith(PREFIX)).toList();
    }
  }

  private static void removeLeftOvers(Path cache, Optional<Path> kept) throws IOException {
    for (Path leftOver : candidates(cache)) {
      if (kept.filter(leftOver::equals).isPresent()) {
        continue;
      }
      var opened = DataFolder.tryOpen(leftOver);
      if (opened.isPresent()) {
        try (DataFolder free = opened.get()) {
          delete(free.path());
        }
      }
    }
  }

  private static void delete(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            if (e != null) {
              throw e;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Deletes the folder with all that is in it. */
  @Override
  public void close() {
    try (folder) {
      delete(folder.path());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the private folder " + folder.path() + " could not be deleted", e);
    }
  }
}
