package io.zoetrope.cli.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts that are open, closed in the reverse of the order in which they were opened: what depends
 * on another goes first. One that fails to close doesn't keep the others from it. Safe to use from
 * any thread; closing twice does nothing.
 */
final class OpenParts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenParts.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private volatile boolean closed;

  /**
   * Adds a part that has just been opened.
   *
   * @throws IllegalStateException when the others are closed already; {@code part} is then, too
   */
  synchronized <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    if (closed) {
      close();
      throw new IllegalStateException("shutting down");
    }
    return part;
  }

  /** Whether closing has begun. */
  boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
      }
    }
  }
}
