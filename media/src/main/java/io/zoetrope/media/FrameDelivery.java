package io.zoetrope.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** Gives the expected frames of one batch to its sink, each once, and keeps the account of them. */
final class FrameDelivery {
  private final VideoStream stream;
  private final PacketBatch batch;
  private final FrameSink sink;
  private final FrameOutcome.Status[] delivered;
  private final String[] errors;
  private Optional<String> lastError = Optional.empty();
  private int undelivered;

  FrameDelivery(VideoStream stream, PacketBatch batch, FrameSink sink) {
    this.stream = stream;
    this.batch = batch;
    this.sink = sink;
    delivered = new FrameOutcome.Status[batch.expectedFrames()];
    errors = new String[batch.expectedFrames()];
    undelivered = batch.expectedFrames();
  }

  /** Hands out a copy of the reference to {@code frame}, unless that was done before. */
  void deliver(VideoPacket packet, AVFrame frame, boolean damaged) {
    if (delivered[packet.frame()] != null) {
      return;
    }
    delivered[packet.frame()] = damaged ? FrameOutcome.Status.DAMAGED : FrameOutcome.Status.DECODED;
    undelivered--;
    AVFrame owned = avutil.av_frame_clone(frame);
    sink.accept(
        new DecodedFrame(
            owned,
            stream.orientation(),
            batch.firstFrame() + packet.frame(),
            packet.pts(),
            stream.micros(packet.pts() - batch.originPts()),
            damaged));
  }

  /** Notes a complaint of the decoder, about the packet of an expected frame if it can be told. */
  void complain(Optional<VideoPacket> packet, String error) {
    packet.ifPresent(known -> errors[known.frame()] = error);
    lastError = Optional.of(error);
  }

  boolean isComplete() {
    return undelivered == 0;
  }

  /**
   * Whether a frame is missing over which the decoder didn't complain.
   *
   * @param ordered whether pictures come in the order of their frames, so that one which is shown
   *     before a picture that has come need not be waited for
   */
  boolean awaits(boolean ordered) {
    for (int frame = delivered.length - 1; frame >= 0; frame--) {
      if (delivered[frame] != null && ordered) {
        return false;
      }
      if (delivered[frame] == null && errors[frame] == null) {
        return true;
      }
    }
    return false;
  }

  /** One per expected frame. What never came failed if the batch has damage, else it is hidden. */
  List<FrameOutcome> outcomes() {
    boolean damage =
        batch.damaged()
            || lastError.isPresent()
            || Arrays.asList(delivered).contains(FrameOutcome.Status.DAMAGED);
    List<FrameOutcome> outcomes = new ArrayList<>(delivered.length);
    for (int frame = 0; frame < delivered.length; frame++) {
      FrameOutcome.Status status = delivered[frame];
      Optional<String> failure = Optional.empty();
      if (status == null) {
        status = damage ? FrameOutcome.Status.FAILED : FrameOutcome.Status.HIDDEN;
      }
      if (status == FrameOutcome.Status.FAILED) {
        failure =
            Optional.ofNullable(errors[frame])
                .or(() -> lastError)
                .or(() -> Optional.of("lost to damage near it"));
      }
      outcomes.add(new FrameOutcome(batch.firstFrame() + frame, status, failure));
    }
    return outcomes;
  }
}
