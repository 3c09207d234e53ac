package io.zoetrope.splitter;

import io.zoetrope.events.BatchRun;
import io.zoetrope.events.DecodeChain;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.Packet;
import io.zoetrope.events.PacketLedger;
import io.zoetrope.events.Rational;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SideData;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.events.VideoStream;
import io.zoetrope.media.ChainLink;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.PacketCounts;
import io.zoetrope.media.Sampling;
import io.zoetrope.media.VideoPacket;
import io.zoetrope.schemas.Keys;
import java.util.List;
import java.util.Optional;

/** From the media module's words to the events that travel. */
public final class FrameBatchEvents {
  private FrameBatchEvents() {}

  /** A batch as {@code runs}, which are all of one split, want it. */
  public static FrameBatch of(
      PacketBatch batch, io.zoetrope.media.VideoStream stream, List<RunRequested> runs) {
    RunRequested any = runs.get(0);
    return new FrameBatch(
        any.getVideoId(),
        any.getSplitId(),
        batch.sequence(),
        runs.stream()
            .map(run -> new BatchRun(run.getRunId(), run.getModelId(), run.getOptions()))
            .toList(),
        of(stream),
        batch.originPts(),
        batch.firstFrame(),
        batch.expectedFrames(),
        batch.damaged(),
        batch.chain().map(link -> chain(link, any)).orElse(null),
        batch.preroll().isEmpty() ? null : packets(batch.preroll()),
        packets(batch.packets()));
  }

  /**
   * The key that says which partition a batch lies in: its own, or that of its chain's first batch,
   * so that one consumer reads a chain in order.
   */
  static String place(FrameBatch batch) {
    DecodeChain chain = batch.getChain();
    return Keys.frameBatch(
        batch.getSplitId(), chain == null ? batch.getSequence() : chain.getHead());
  }

  /** How {@code options} tell the cutter to cut. */
  static CutOptions of(SplitOptions options) {
    return CutOptions.DEFAULT
        .withTargetFrames(options.getTargetFrames())
        .withStream(options.getStream())
        .withSampling(
            new Sampling(
                Optional.ofNullable(options.getMaxFps())
                    .map(
                        rate ->
                            new io.zoetrope.media.Rational(
                                rate.getNumerator(), rate.getDenominator())),
                options.getKeyframesOnly()));
  }

  static VideoStream of(io.zoetrope.media.VideoStream stream) {
    return new VideoStream(
        stream.index(),
        stream.codec(),
        stream.codecTag(),
        stream.pixelFormat(),
        stream.width(),
        stream.height(),
        stream.profile(),
        stream.level(),
        stream.videoDelay(),
        stream.fieldOrder(),
        stream.bitsPerCodedSample(),
        stream.bitsPerRawSample(),
        stream.colorRange(),
        stream.colorSpace(),
        stream.colorPrimaries(),
        stream.colorTransfer(),
        stream.chromaLocation(),
        rational(stream.sampleAspectRatio()),
        rational(stream.timeBase()),
        rational(stream.frameRate()),
        stream.extradata(),
        stream.displayMatrix());
  }

  static PacketLedger of(PacketCounts packets) {
    return new PacketLedger(
        packets.read(),
        packets.expected(),
        packets.unsampled(),
        packets.secondFields(),
        packets.discarded(),
        packets.invisible(),
        packets.empty());
  }

  private static DecodeChain chain(ChainLink link, RunRequested run) {
    return new DecodeChain(
        link.head(), link.overlap(), link.last(), run.getLocation(), run.getSplit());
  }

  private static InlinePackets packets(List<VideoPacket> packets) {
    return new InlinePackets(packets.stream().map(FrameBatchEvents::packet).toList());
  }

  private static Packet packet(VideoPacket packet) {
    return new Packet(
        timestamp(packet.pts()),
        timestamp(packet.dts()),
        packet.duration(),
        packet.flags(),
        packet.frame(),
        packet.restart(),
        packet.data(),
        packet.sideData().stream().map(side -> new SideData(side.type(), side.data())).toList());
  }

  private static Long timestamp(long value) {
    return value == VideoPacket.NO_TIMESTAMP ? null : value;
  }

  private static Rational rational(io.zoetrope.media.Rational value) {
    return new Rational(value.numerator(), value.denominator());
  }
}
