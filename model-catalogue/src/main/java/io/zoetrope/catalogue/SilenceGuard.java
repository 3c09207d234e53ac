package io.zoetrope.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Closes a stream that nothing comes from any more, for a reader that waits for it: a body of
 * {@code java.net.http} knows no timeout of its own.
 */
final class SilenceGuard implements AutoCloseable {
  private final InputStream stream;
  private final long silenceNanos;
  private final Thread watch = new Thread(this::watch, "zoetrope-pull-watch");
  private volatile long heardAt = System.nanoTime();
  private volatile boolean closed;
  private volatile boolean expired;

  SilenceGuard(InputStream stream, Duration silence) {
    this.stream = stream;
    this.silenceNanos = silence.toNanos();
    watch.setDaemon(true);
    watch.start();
  }

  /** Something came. */
  void heard() {
    heardAt = System.nanoTime();
  }

  /** Whether it was this guard that closed the stream. */
  boolean isExpired() {
    return expired;
  }

  private void watch() {
    while (!closed) {
      long left = heardAt + silenceNanos - System.nanoTime();
      if (left <= 0) {
        expired = true;
        closeStream();
        return;
      }
      LockSupport.parkNanos(this, left);
    }
  }

  private void closeStream() {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watch);
  }
}
