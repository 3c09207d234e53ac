package io.zoetrope.splitter;

import io.zoetrope.batches.FrameBatchEvents;
import io.zoetrope.batches.PacketReferences;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.PacketLedger;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitCompleted;
import io.zoetrope.media.CutSummary;
import io.zoetrope.media.MediaLimits;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.PacketCounts;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.media.VideoStream;
import io.zoetrope.schemas.serdes.SerializedSize;
import io.zoetrope.store.MediaStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An original that is being cut; owns the open file and the cutter. Used by one thread. */
final class VideoSource implements AutoCloseable {
  // Its readers know which video they asked about, and the store has only a hash for a name.
  private static final String IN_MESSAGES = "The file";

  private final SeekableByteChannel bytes;
  private final VideoCutter cutter;
  private final PacketReferences references;

  /** Who wants which batches of a video; the others are passed over. */
  interface Demand {
    /** The runs, all of one split, that want a batch; none for one that is passed over. */
    List<RunRequested> runs(int sequence);

    /** Whether nobody wants a batch from {@code sequence} on. */
    boolean endsBefore(int sequence);
  }

  /**
   * How much is to be had at once.
   *
   * @param time in which it has to be made
   * @param bytes after which no more is added
   * @param batches at most
   */
  record Portion(Duration time, int bytes, int batches) {}

  /**
   * A piece of a video that is published at once.
   *
   * @param last whether nothing that is wanted comes after it
   */
  record Slice(List<FrameBatch> batches, boolean last) {}

  private VideoSource(SeekableByteChannel bytes, VideoCutter cutter, PacketReferences references) {
    this.bytes = bytes;
    this.cutter = cutter;
    this.references = references;
  }

  /** Opens the original of {@code run} to cut it as the run wants it. */
  static VideoSource open(
      MediaStore store, PacketReferences references, RunRequested run, MediaLimits limits) {
    SeekableByteChannel bytes = store.open(URI.create(run.getLocation()));
    try {
      VideoCutter cutter =
          VideoCutter.open(bytes, IN_MESSAGES, FrameBatchEvents.of(run.getSplit()), limits);
      return new VideoSource(bytes, cutter, references);
    } catch (RuntimeException e) {
      close(bytes);
      throw e;
    }
  }

  VideoStream stream() {
    return cutter.stream();
  }

  /** How many frames will be expected, about; 0 if unknown. */
  long estimatedFrames() {
    return cutter.estimatedFrames();
  }

  /** The batches that come next of those that are wanted; perhaps none, and more later. */
  Slice next(Demand demand, Portion portion) {
    long start = System.nanoTime();
    List<FrameBatch> batches = new ArrayList<>();
    long size = 0;
    boolean last = !cutter.hasNext();
    while (!last
        && size < portion.bytes()
        && batches.size() < portion.batches()
        && System.nanoTime() - start < portion.time().toNanos()) {
      PacketBatch batch = cutter.next();
      List<RunRequested> runs = demand.runs(batch.sequence());
      if (!runs.isEmpty()) {
        FrameBatch event = references.fit(FrameBatchEvents.of(batch, cutter.stream(), runs));
        batches.add(event);
        size += SerializedSize.of(event);
      }
      last = demand.endsBefore(batch.sequence() + 1) || !cutter.hasNext();
    }
    return new Slice(batches, last);
  }

  /** What is known of the video at its end. */
  SplitCompleted completed() {
    CutSummary summary = cutter.summary();
    return new SplitCompleted(
        summary.batches(),
        summary.expectedFrames(),
        summary.durationMicros(),
        summary.readError().orElse(null),
        FrameBatchEvents.of(stream()),
        ledger(summary.packets()));
  }

  private static PacketLedger ledger(PacketCounts packets) {
    return new PacketLedger(
        packets.read(),
        packets.expected(),
        packets.unsampled(),
        packets.secondFields(),
        packets.discarded(),
        packets.invisible(),
        packets.empty());
  }

  @Override
  public void close() {
    cutter.close();
    close(bytes);
  }

  private static void close(SeekableByteChannel bytes) {
    try {
      bytes.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
