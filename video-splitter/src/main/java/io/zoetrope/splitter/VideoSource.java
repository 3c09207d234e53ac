package io.zoetrope.splitter;

import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitCompleted;
import io.zoetrope.media.CutSummary;
import io.zoetrope.media.MediaLimits;
import io.zoetrope.media.PacketBatch;
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
  private final List<RunRequested> runs;
  private final int firstSequence;

  /**
   * A piece of a video that is published at once.
   *
   * @param last whether the video ends with it
   */
  record Slice(List<FrameBatch> batches, boolean last) {}

  private VideoSource(
      SeekableByteChannel bytes,
      VideoCutter cutter,
      PacketReferences references,
      List<RunRequested> runs,
      int firstSequence) {
    this.bytes = bytes;
    this.cutter = cutter;
    this.references = references;
    this.runs = runs;
    this.firstSequence = firstSequence;
  }

  /**
   * Opens the original of {@code runs}, which are all of one split.
   *
   * @param firstSequence of the batches that are wanted; those before it are passed over
   */
  static VideoSource open(
      MediaStore store,
      PacketReferences references,
      List<RunRequested> runs,
      int firstSequence,
      MediaLimits limits) {
    RunRequested any = runs.get(0);
    SeekableByteChannel bytes = store.open(URI.create(any.getLocation()));
    try {
      VideoCutter cutter =
          VideoCutter.open(bytes, IN_MESSAGES, FrameBatchEvents.of(any.getSplit()), limits);
      return new VideoSource(bytes, cutter, references, runs, firstSequence);
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

  /**
   * The batches of the next {@code time}, or fewer where they reach {@code maxBytes}; perhaps none,
   * and more later.
   */
  Slice next(Duration time, int maxBytes) {
    long start = System.nanoTime();
    List<FrameBatch> batches = new ArrayList<>();
    long size = 0;
    while (size < maxBytes && System.nanoTime() - start < time.toNanos() && cutter.hasNext()) {
      PacketBatch batch = cutter.next();
      if (batch.sequence() >= firstSequence) {
        FrameBatch event = references.fit(FrameBatchEvents.of(batch, cutter.stream(), runs));
        batches.add(event);
        size += SerializedSize.of(event);
      }
    }
    return new Slice(batches, !cutter.hasNext());
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
        FrameBatchEvents.of(summary.packets()));
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
