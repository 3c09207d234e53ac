package io.zoetrope.cli.data;

import io.zoetrope.cli.error.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A folder that belongs to one running Zoetrope: the broker's log, the uploaded originals and the
 * state stores. Opening it creates it where needed and locks it for this process until {@link
 * #close()}; the operating system frees the lock of a process that was killed.
 */
public final class DataFolder implements AutoCloseable {
  static final String LOCK_FILE = ".lock";

  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Opens {@code path} for this process alone.
   *
   * @throws UserError {@code DATA_FOLDER_IN_USE} when another process (or this one) has it open,
   *     {@code DATA_FOLDER_UNWRITABLE} when it can't be created or written
   */
  public static DataFolder open(Path path) {
    Path folder = path.toAbsolutePath().normalize();
    return tryOpen(folder)
        .orElseThrow(
            () ->
                new UserError(
                    "DATA_FOLDER_IN_USE",
                    "the data folder "
                        + folder
                        + " is in use by another Zoetrope"
                        + holder(folder)
                        + "; stop that one or choose another folder with --data"));
  }

  /**
   * As {@link #open}, but empty where another process has the folder.
   *
   * @throws UserError {@code DATA_FOLDER_UNWRITABLE}
   */
  static Optional<DataFolder> tryOpen(Path folder) {
    FileChannel channel = null;
    try {
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              folder.resolve(LOCK_FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (!lock(channel)) {
        channel.close();
        return Optional.empty();
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
      DataFolder opened = new DataFolder(folder, channel);
      Files.createDirectories(opened.broker());
      Files.createDirectories(opened.media());
      Files.createDirectories(opened.state());
      return Optional.of(opened);
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw new UserError(
          "DATA_FOLDER_UNWRITABLE",
          "the data folder "
              + folder
              + " can't be created or written ("
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage()
              + "); choose another one with --data",
          e);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock held = channel.tryLock();
      return held != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static String holder(Path folder) {
    String pid = lastProcess(folder);
    return pid.isEmpty() ? "" : " (process " + pid + ")";
  }

  /** Number of the process that has {@code folder} or had it last; empty where that isn't known. */
  static String lastProcess(Path folder) {
    try {
      return Files.readString(folder.resolve(LOCK_FILE)).strip();
    } catch (IOException unknown) {
      return "";
    }
  }

  private static void closeQuietly(FileChannel channel, IOException reason) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        reason.addSuppressed(e);
      }
    }
  }

  public Path path() {
    return path;
  }

  /** The broker's log segments and its identity. */
  public Path broker() {
    return brokerIn(path);
  }

  /** Where a data folder has the broker's log and identity, whoever has it open. */
  public static Path brokerIn(Path folder) {
    return folder.resolve("broker");
  }

  /** The originals. */
  public Path media() {
    return path.resolve("media");
  }

  /** The state stores; they can be rebuilt from the broker's log. */
  public Path state() {
    return path.resolve("state");
  }

  /** Where this process logs. */
  public Path logFile() {
    return path.resolve("zoetrope.log");
  }

  /** Frees the folder for another process; what is in it stays. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
