package io.zoetrope.batches;

import io.zoetrope.events.BatchRun;
import io.zoetrope.events.DecodeChain;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.Packet;
import io.zoetrope.events.Rational;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SideData;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.events.VideoStream;
import io.zoetrope.media.ChainLink;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.Sampling;
import io.zoetrope.media.VideoPacket;
import io.zoetrope.schemas.Keys;
import java.util.List;
import java.util.Optional;

/** From the media module's words to the events that travel. */
public final class FrameBatchEvents {
  private FrameBatchEvents() {}

  /**
   * What all batches of a video that was cut once have in common.
   *
   * @param location URI of the original
   */
  public record Cut(String videoId, String splitId, String location, SplitOptions split) {}

  /** A batch as {@code runs}, which are all of one split, want it. */
  public static FrameBatch of(
      PacketBatch batch, io.zoetrope.media.VideoStream stream, List<RunRequested> runs) {
    RunRequested any = runs.get(0);
    return of(
        batch,
        stream,
        new Cut(any.getVideoId(), any.getSplitId(), any.getLocation(), any.getSplit()),
        runs.stream()
            .map(run -> new BatchRun(run.getRunId(), run.getModelId(), run.getOptions()))
            .toList());
  }

  /** A batch of {@code cut}, with those who want it. */
  public static FrameBatch of(
      PacketBatch batch, io.zoetrope.media.VideoStream stream, Cut cut, List<BatchRun> runs) {
    return new FrameBatch(
        cut.videoId(),
        cut.splitId(),
        batch.sequence(),
        runs,
        of(stream),
        batch.originPts(),
        batch.firstFrame(),
        batch.expectedFrames(),
        batch.damaged(),
        batch.chain().map(link -> chain(link, cut)).orElse(null),
        batch.preroll().isEmpty() ? null : packets(batch.preroll()),
        packets(batch.packets()));
  }

  /**
   * The key that says which partition a batch lies in: its own, or that of its chain's first batch,
   * so that one consumer reads a chain in order.
   */
  public static String place(FrameBatch batch) {
    DecodeChain chain = batch.getChain();
    return Keys.frameBatch(
        batch.getSplitId(), chain == null ? batch.getSequence() : chain.getHead());
  }

  /** How {@code options} tell the cutter to cut. */
  public static CutOptions of(SplitOptions options) {
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

  public static VideoStream of(io.zoetrope.media.VideoStream stream) {
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

  private static DecodeChain chain(ChainLink link, Cut cut) {
    return new DecodeChain(link.head(), link.overlap(), link.last(), cut.location(), cut.split());
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
