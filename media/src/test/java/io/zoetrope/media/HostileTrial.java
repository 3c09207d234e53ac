package io.zoetrope.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The way that every video goes, for one file: cut, decoded batch by batch, each picture made a
 * model's input. Keeps the books meanwhile, and objects to what doesn't add up.
 */
final class HostileTrial {
  private static final InputFormat INPUT = InputFormat.ultralytics(64, 64);
  private static final int MOST_FRAMES = 20_000;

  private final FloatBuffer tensor =
      ByteBuffer.allocateDirect(INPUT.floats() * Float.BYTES)
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer();
  private final List<FrameOutcome> outcomes = new ArrayList<>();
  private final Set<Long> delivered = new HashSet<>();
  private int batches;

  private HostileTrial() {}

  /**
   * How the file ends: {@code complete}, {@code partial} or {@code rejected} with a code.
   *
   * @throws IllegalStateException if the books don't balance
   */
  static String verdict(byte[] file, int threads) {
    HostileTrial trial = new HostileTrial();
    try (VideoCutter cutter = VideoCutter.open(new BytesChannel(file), "film", CutOptions.DEFAULT);
        BatchDecoder decoder = new BatchDecoder(cutter.stream(), threads);
        ChainDecoder chains = new ChainDecoder(cutter.stream(), original(file));
        FramePreparer preparer = new FramePreparer()) {
      while (cutter.hasNext() && trial.outcomes.size() < MOST_FRAMES) {
        trial.decode(cutter.next(), decoder, chains, preparer);
      }
      return trial.close(cutter);
    } catch (MediaException e) {
      return "rejected " + e.code();
    }
  }

  private static ChainSource original(byte[] file) {
    return ChainSource.over(() -> new BytesChannel(file), "film", CutOptions.DEFAULT);
  }

  private void decode(
      PacketBatch batch, BatchDecoder decoder, ChainDecoder chains, FramePreparer preparer) {
    require(batch.sequence() == batches++, "batches out of sequence");
    require(
        batch.firstFrame() == outcomes.size(), "a batch doesn't begin where the last one ended");
    long emitted = batch.allPackets().filter(VideoPacket::emit).count();
    require(emitted == batch.expectedFrames(), "not as many emitted packets as frames expected");
    FrameSink sink =
        frame -> {
          try (frame) {
            require(delivered.add(frame.index()), "a frame delivered twice");
            preparer.prepare(frame, INPUT, tensor);
          } catch (MediaException e) {
            require(e.code() == MediaException.Code.MEDIA_UNSUPPORTED, e.toString());
          }
        };
    List<FrameOutcome> ofBatch =
        batch.chain().isPresent()
            ? chains.decode(batch, sink, () -> false)
            : decoder.decode(batch, sink);
    require(ofBatch.size() == batch.expectedFrames(), "not an outcome for each expected frame");
    for (FrameOutcome outcome : ofBatch) {
      require(outcome.index() == outcomes.size(), "outcomes out of order");
      boolean shown =
          outcome.status() == FrameOutcome.Status.DECODED
              || outcome.status() == FrameOutcome.Status.DAMAGED;
      require(
          shown == delivered.contains(outcome.index()),
          "an outcome that contradicts what was delivered");
      outcomes.add(outcome);
    }
  }

  private String close(VideoCutter cutter) {
    if (cutter.hasNext()) {
      return "partial: stopped after " + outcomes.size() + " frames";
    }
    CutSummary summary = cutter.summary();
    require(summary.batches() == batches, "not as many batches as the summary says");
    require(summary.expectedFrames() == outcomes.size(), "not as many frames as the summary says");
    require(summary.durationMicros() >= 0, "less than no time: " + summary);
    PacketCounts packets = summary.packets();
    long sum =
        packets.expected()
            + packets.unsampled()
            + packets.secondFields()
            + packets.discarded()
            + packets.invisible()
            + packets.empty();
    require(packets.read() == sum, "packets that went nowhere: " + packets);
    require(packets.expected() == outcomes.size(), "not as many expected packets as frames");
    boolean whole =
        summary.readError().isEmpty()
            && outcomes.stream().allMatch(o -> o.status() == FrameOutcome.Status.DECODED);
    return whole ? "complete" : "partial";
  }

  private static void require(boolean condition, String objection) {
    if (!condition) {
      throw new IllegalStateException(objection);
    }
  }
}
