package io.zoetrope.detector.inference;

import io.zoetrope.detector.boxes.Criteria;
import io.zoetrope.detector.boxes.Detection;
import io.zoetrope.detector.inference.FrameResult.Status;
import io.zoetrope.media.DecodedFrame;
import io.zoetrope.media.FrameOutcome;
import io.zoetrope.media.Letterbox;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoPacket;
import io.zoetrope.media.VideoStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A batch on its way: gathers what the workers find in its frames, in whatever order they do, and
 * is complete when decoding has ended and every expected frame has come to its end. Any thread.
 */
final class BatchJob implements Work {
  private final VideoStream stream;
  private final int sequence;
  private final long firstFrame;
  private final Optional<Chain> chain;
  private final List<Criteria> runs;
  private final CompletableFuture<BatchResult> result;
  private final long[] ptsMicros;
  private final FrameResult[] frames;
  private Supplier<PacketBatch> packets;
  private int unsettled;
  private boolean decoded;
  private long decodingNanos;
  private long inferenceNanos;

  BatchJob(InferenceRequest request, CompletableFuture<BatchResult> result) {
    this.stream = request.stream();
    this.sequence = request.sequence();
    this.firstFrame = request.firstFrame();
    this.chain = request.chain();
    this.runs = request.runs();
    this.packets = request.packets();
    this.result = result;
    this.ptsMicros = new long[request.expectedFrames()];
    this.frames = new FrameResult[request.expectedFrames()];
    this.unsettled = frames.length;
  }

  VideoStream stream() {
    return stream;
  }

  int sequence() {
    return sequence;
  }

  List<Criteria> runs() {
    return runs;
  }

  Optional<Chain> chain() {
    return chain;
  }

  /** Reads the packets, which are the caller's from then on: they are large. Called once. */
  PacketBatch open() {
    PacketBatch batch = packets.get();
    packets = null;
    // From the packets rather than the pictures: a frame without a picture has a time as well.
    batch
        .allPackets()
        .filter(VideoPacket::emit)
        .forEach(
            packet -> ptsMicros[packet.frame()] = stream.micros(packet.pts() - batch.originPts()));
    return batch;
  }

  /** To cancel it is to abandon the batch: what is left of it is skipped. */
  CompletableFuture<BatchResult> result() {
    return result;
  }

  /** Whether nobody waits for the rest of the batch any more. */
  boolean isOver() {
    return result.isDone();
  }

  @Override
  public void performBy(InferenceWorker worker) {
    worker.decode(this);
  }

  /** The detections of a picture, for each run. */
  void found(
      DecodedFrame frame, Letterbox letterbox, List<List<Detection>> detections, long nanos) {
    settle(
        new FrameResult(
            frame.index(),
            ptsMicros[ordinal(frame.index())],
            frame.damaged() ? Status.DAMAGED : Status.PROCESSED,
            Optional.empty(),
            letterbox.pictureWidth(),
            letterbox.pictureHeight(),
            detections),
        nanos);
  }

  /** A picture of which nothing came. */
  void failed(DecodedFrame frame, Failure failure) {
    settle(without(frame.index(), Status.FAILED, Optional.of(failure)), 0);
  }

  /** Every picture is in the workers' hands; the other frames ended as the decoder says. */
  void decoded(List<FrameOutcome> outcomes, int pictures, long nanos) {
    long shown =
        outcomes.stream()
            .map(FrameOutcome::status)
            .filter(s -> s == FrameOutcome.Status.DECODED || s == FrameOutcome.Status.DAMAGED)
            .count();
    if (outcomes.size() != frames.length || shown != pictures) {
      throw new IllegalStateException(
          "the decoder gave %d pictures and spoke of %d, and of %d frames instead of %d"
              .formatted(pictures, shown, outcomes.size(), frames.length));
    }
    for (FrameOutcome outcome : outcomes) {
      switch (outcome.status()) {
        case DECODED, DAMAGED -> {}
        case HIDDEN -> settle(without(outcome.index(), Status.HIDDEN, Optional.empty()), 0);
        case FAILED -> settle(without(outcome.index(), Status.FAILED, undecodable(outcome)), 0);
      }
    }
    synchronized (this) {
      decoded = true;
      decodingNanos = nanos;
    }
    completeIfSettled();
  }

  /** The batch as a whole comes to nothing. */
  void failed(Failure failure) {
    result.complete(BatchResult.failed(failure));
  }

  /** Nothing is said of the batch, which is to be tried again. */
  void putOff(RuntimeException cause) {
    result.completeExceptionally(cause);
  }

  private void settle(FrameResult frame, long nanos) {
    synchronized (this) {
      frames[ordinal(frame.index())] = frame;
      inferenceNanos += nanos;
      unsettled--;
    }
    completeIfSettled();
  }

  private void completeIfSettled() {
    BatchResult complete;
    synchronized (this) {
      if (!decoded || unsettled > 0) {
        return;
      }
      complete =
          new BatchResult(
              Arrays.asList(frames),
              Optional.empty(),
              Duration.ofNanos(decodingNanos),
              Duration.ofNanos(inferenceNanos));
    }
    result.complete(complete);
  }

  private FrameResult without(long index, Status status, Optional<Failure> failure) {
    List<List<Detection>> nothing = Collections.nCopies(runs.size(), List.of());
    return new FrameResult(index, ptsMicros[ordinal(index)], status, failure, 0, 0, nothing);
  }

  private int ordinal(long index) {
    return Math.toIntExact(index - firstFrame);
  }

  private static Optional<Failure> undecodable(FrameOutcome outcome) {
    return Optional.of(
        new Failure(
            FrameOutcome.FAILURE_CODE,
            outcome.failure().orElse("The decoder gave no picture for this frame.")));
  }
}
