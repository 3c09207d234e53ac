package io.zoetrope.catalogue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Turns among processes, by locks on files that the operating system frees when their process dies;
 * and among the threads of this one, which such locks don't know.
 */
final class FileLocks {
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private FileLocks() {}

  /** What is done while the lock is held. */
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Does {@code work} when {@code lockFile}, which is made where there is none, has been locked.
   *
   * @param waiting is run once where another process or thread has it
   */
  static <T> T locked(Path lockFile, Runnable waiting, Work<T> work) throws IOException {
    ReentrantLock thread =
        THREADS.computeIfAbsent(lockFile.toAbsolutePath(), path -> new ReentrantLock());
    boolean told = !thread.tryLock();
    if (told) {
      waiting.run();
      thread.lock();
    }
    try (FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (channel.tryLock() == null) {
        if (!told) {
          waiting.run();
        }
        channel.lock();
      }
      // The lock goes with its channel.
      return work.run();
    } finally {
      thread.unlock();
    }
  }
}
