package io.zoetrope.detector.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the workers of a model have before them. Pictures come before batches, so that a new batch
 * is decoded only when a worker would be idle otherwise; and there are at most {@code capacity}
 * pictures, because they are large. A batch whose chain is in another worker's hands is passed over
 * until it is free. Any thread.
 */
final class WorkQueue implements AutoCloseable {
  private final Deque<Picture> pictures = new ArrayDeque<>();
  private final Deque<BatchJob> batches = new ArrayDeque<>();
  private final int capacity;
  private boolean closed;

  WorkQueue(int capacity) {
    this.capacity = capacity;
  }

  synchronized void add(BatchJob batch) {
    if (closed) {
      batch.result().cancel(false);
    } else {
      batches.add(batch);
      notify();
    }
  }

  /**
   * Whether the picture was taken; if not, the queue is full, and the picture stays with the
   * caller.
   */
  synchronized boolean offer(Picture picture) {
    if (closed || pictures.size() == capacity) {
      return false;
    }
    pictures.add(picture);
    notify();
    return true;
  }

  /** Waits for something to do; nothing once the queue is closed. */
  synchronized Optional<Work> take() throws InterruptedException {
    Optional<Work> next = next();
    while (next.isEmpty() && !closed) {
      wait();
      next = next();
    }
    return next;
  }

  private Optional<Work> next() {
    if (!pictures.isEmpty()) {
      return Optional.of(pictures.poll());
    }
    for (Iterator<BatchJob> waiting = batches.iterator(); waiting.hasNext(); ) {
      BatchJob batch = waiting.next();
      if (batch.chain().map(Chain::tryEnter).orElse(true)) {
        waiting.remove();
        return Optional.of(batch);
      }
    }
    return Optional.empty();
  }

  /** Lets the next batch of a chain have its decoder. */
  void leave(Chain chain) {
    chain.leave();
    synchronized (this) {
      notify();
    }
  }

  /** Up to {@code limit} pictures that wait now. */
  synchronized List<Picture> poll(int limit) {
    List<Picture> polled = new ArrayList<>(limit);
    while (polled.size() < limit && !pictures.isEmpty()) {
      polled.add(pictures.poll());
    }
    return polled;
  }

  /** Drops what waits and lets every worker go. */
  @Override
  public synchronized void close() {
    closed = true;
    pictures.forEach(picture -> picture.frame().close());
    pictures.clear();
    batches.clear();
    notifyAll();
  }
}
