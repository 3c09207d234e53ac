package io.zoetrope.assembler.segments;

import io.zoetrope.assembler.segments.TimedBatches.TimedBatch;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.media.VideoStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The batches of a video in their order, each with the times at which its frames are shown in an
 * annotated video. Reads as far as the next batch that shows anything, which ends the one before.
 * For one thread.
 */
public final class TimedBatches implements Iterator<TimedBatch> {
  private final Iterator<PacketBatch> batches;
  private final VideoStream stream;
  private final LongSupplier startPts;
  private final Deque<Read> ahead = new ArrayDeque<>();
  private FrameClock clock;

  /** Takes what {@code cutter}, which stays the caller's, cuts from here on. */
  public TimedBatches(VideoCutter cutter) {
    this(cutter, cutter.stream(), cutter::startPts);
  }

  /**
   * Reads nothing yet.
   *
   * @param startPts what counts as time 0; asked once, when the first batch is there
   */
  TimedBatches(Iterator<PacketBatch> batches, VideoStream stream, LongSupplier startPts) {
    this.batches = batches;
    this.stream = stream;
    this.startPts = startPts;
  }

  /** A batch, and when its expected frames are shown. */
  public record TimedBatch(PacketBatch batch, FrameTimes times) {}

  private record Read(PacketBatch batch, List<Long> starts) {}

  @Override
  public boolean hasNext() {
    return !ahead.isEmpty() || batches.hasNext();
  }

  @Override
  public TimedBatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no batch after the last one");
    }
    Read read = ahead.isEmpty() ? read() : ahead.remove();
    long end = startOfNext().orElseGet(() -> clock.endOf(read.batch));
    return new TimedBatch(read.batch, new FrameTimes(read.starts, end));
  }

  private Read read() {
    PacketBatch batch = batches.next();
    if (clock == null) {
      clock = new FrameClock(stream, startPts.getAsLong());
    }
    return new Read(batch, clock.timesOf(batch));
  }

  /** When the first frame is shown of what is still to come; empty where there is none. */
  private OptionalLong startOfNext() {
    boolean shows = ahead.stream().anyMatch(next -> !next.starts.isEmpty());
    while (!shows && batches.hasNext()) {
      Read next = read();
      ahead.add(next);
      shows = !next.starts.isEmpty();
    }
    return ahead.stream()
        .filter(next -> !next.starts.isEmpty())
        .mapToLong(next -> next.starts.get(0))
        .findFirst();
  }
}
