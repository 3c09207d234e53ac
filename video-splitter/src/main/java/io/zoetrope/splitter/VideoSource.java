package io.zoetrope.splitter;

import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitCompleted;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.CutSummary;
import io.zoetrope.media.MediaException;
import io.zoetrope.media.MediaLimits;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.media.VideoStream;
import io.zoetrope.schemas.Topics;
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
  /** What a record has beside its packets' data, generously. */
  private static final int RECORD_OVERHEAD_BYTES = 512 * 1024;

  // Its readers know which video they asked about, and the store has only a hash for a name.
  private static final String IN_MESSAGES = "The file";

  private final SeekableByteChannel bytes;
  private final VideoCutter cutter;

  /**
   * A piece of a video that is published at once.
   *
   * @param last whether the video ends with it
   */
  record Slice(List<PacketBatch> batches, boolean last) {}

  private VideoSource(SeekableByteChannel bytes, VideoCutter cutter) {
    this.bytes = bytes;
    this.cutter = cutter;
  }

  /**
   * Opens the original of {@code run}, and passes over the batches before {@code firstSequence}.
   */
  static VideoSource open(
      MediaStore store, RunRequested run, int firstSequence, MediaLimits limits) {
    CutOptions options =
        CutOptions.DEFAULT
            .withTargetFrames(run.getSplit().getTargetFrames())
            .withStream(run.getSplit().getStream());
    SeekableByteChannel bytes = store.open(URI.create(run.getLocation()));
    try {
      VideoCutter cutter = VideoCutter.open(bytes, IN_MESSAGES, options, limits);
      VideoSource source = new VideoSource(bytes, cutter);
      for (int sequence = 0; sequence < firstSequence; sequence++) {
        cutter.next();
      }
      return source;
    } catch (RuntimeException e) {
      close(bytes);
      throw e;
    }
  }

  VideoStream stream() {
    return cutter.stream();
  }

  /** The batches of the next {@code time}, or fewer where they reach {@code maxBytes}. */
  Slice next(Duration time, int maxBytes) {
    long start = System.nanoTime();
    List<PacketBatch> batches = new ArrayList<>();
    int size = 0;
    while (size < maxBytes && System.nanoTime() - start < time.toNanos() && cutter.hasNext()) {
      PacketBatch batch = cutter.next();
      int batchSize = size(batch);
      if (batchSize > Topics.MAX_RECORD_BYTES - RECORD_OVERHEAD_BYTES) {
        throw new MediaException(
            MediaException.Code.MEDIA_TOO_LARGE,
            "a frame batch of %d bytes is more than one record may carry".formatted(batchSize));
      }
      batches.add(batch);
      size += batchSize;
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
        null);
  }

  @Override
  public void close() {
    cutter.close();
    close(bytes);
  }

  private static int size(PacketBatch batch) {
    return batch.allPackets().mapToInt(packet -> packet.data().remaining()).sum();
  }

  private static void close(SeekableByteChannel bytes) {
    try {
      bytes.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
