package io.zoetrope.media;

import java.util.Optional;

/** The way of packets into batches: packets go in at one end, batches come out at the other. */
final class CutPipeline {
  private final Timeline timeline;
  private final Optional<NeededPackets> needed;
  private final BatchAssembler assembler;
  private final CutWindow window;

  /**
   * Starts with a stream's first packet.
   *
   * @param timeline of the stream, still empty
   * @param encoderNames what every batch but the first must bring
   */
  CutPipeline(VideoStream stream, Timeline timeline, byte[] encoderNames, CutOptions options) {
    this.timeline = timeline;
    Sampling sampling = options.sampling();
    needed =
        sampling.everyFrame()
            ? Optional.empty()
            : Optional.of(new NeededPackets(sampling.keyframesOnly()));
    assembler = new BatchAssembler(timeline, encoderNames, options);
    window = new CutWindow(new CutRule(options), assembler, stream.videoDelay());
  }

  void add(CutPacket packet) {
    timeline.add(packet);
    passOn();
  }

  /** No packet follows. */
  void end() {
    timeline.end();
    passOn();
    needed.ifPresent(NeededPackets::end);
    passOn();
    window.end();
  }

  /** The next batch; empty if more packets must be seen first, or none is left. */
  Optional<PacketBatch> poll() {
    return window.poll();
  }

  boolean ended() {
    return window.ended();
  }

  int batches() {
    return assembler.batches();
  }

  /** Expected in the batches so far. */
  long frames() {
    return assembler.frames();
  }

  private void passOn() {
    for (var timed = timeline.poll(); timed.isPresent(); timed = timeline.poll()) {
      CutPacket packet = timed.get();
      needed.ifPresentOrElse(chosen -> chosen.add(packet), () -> window.add(packet));
    }
    needed.ifPresent(chosen -> chosen.drainTo(window::add));
  }
}
