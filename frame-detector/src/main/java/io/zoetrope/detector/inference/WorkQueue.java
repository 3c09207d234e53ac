package io.zoetrope.detector.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the workers of a model have before them. Pictures come before batches, so that a new batch
 * is decoded only when a worker would be idle otherwise; and there are few pictures, because they
 * are large. Where one run takes several pictures, they are given out when there are as many, or no
 * more are being decoded, or none has come for a moment; a worker rather decodes another batch than
 * runs the model over few. A batch whose chain is in another worker's hands is passed over until it
 * is free. Any thread.
 */
final class WorkQueue implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int PICTURES_PER_WORKER = 2;
  private static final int RUNS_WAITING = 2;

  private final Deque<Picture> pictures = new ArrayDeque<>();
  private final Deque<BatchJob> batches = new ArrayDeque<>();
  private final int workers;
  private final int capacity;
  private final int runSize;
  private final long patienceNanos;
  private int decoding;
  private boolean closed;

  /**
   * @param runSize pictures that one run of the model takes
   */
  WorkQueue(int workers, int runSize) {
    this(workers, runSize, PATIENCE_NANOS);
  }

  /** With another patience, for tests. */
  WorkQueue(int workers, int runSize, long patienceNanos) {
    this.workers = workers;
    this.capacity = Math.max(PICTURES_PER_WORKER * workers, RUNS_WAITING * runSize);
    this.runSize = runSize;
    this.patienceNanos = patienceNanos;
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
   * Whether the picture was taken; if not, it stays with the caller: the queue is full, or every
   * worker decodes a batch of its own and has pictures that are still in its core's cache.
   */
  synchronized boolean offer(Picture picture) {
    boolean everyoneHasOwn = runSize == 1 && decoding == workers;
    if (closed || everyoneHasOwn || pictures.size() == capacity) {
      return false;
    }
    pictures.add(picture);
    notify();
    return true;
  }

  /** Waits for something to do; nothing once the queue is closed. */
  synchronized Optional<Work> take() throws InterruptedException {
    long start = System.nanoTime();
    Optional<Work> next = next(false);
    while (next.isEmpty() && !closed) {
      if (pictures.isEmpty()) {
        wait();
        start = System.nanoTime();
      } else {
        TimeUnit.NANOSECONDS.timedWait(this, patienceNanos - (System.nanoTime() - start));
      }
      next = next(System.nanoTime() - start >= patienceNanos);
    }
    return next;
  }

  private Optional<Work> next(boolean impatient) {
    if (pictures.size() >= runSize) {
      return Optional.of(pictures.poll());
    }
    for (Iterator<BatchJob> waiting = batches.iterator(); waiting.hasNext(); ) {
      BatchJob batch = waiting.next();
      if (batch.chain().map(Chain::tryEnter).orElse(true)) {
        waiting.remove();
        decoding++;
        return Optional.of(batch);
      }
    }
    return decoding == 0 || impatient ? Optional.ofNullable(pictures.poll()) : Optional.empty();
  }

  /**
   * A batch that was taken brings no more pictures, and others may have its chain's decoder: not
   * while somebody looks through the batches, who would pass over the next one of the chain and
   * take the one after it.
   */
  synchronized void ended(BatchJob batch) {
    batch.chain().ifPresent(Chain::leave);
    decoding--;
    notifyAll();
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
