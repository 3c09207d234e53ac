package io.zoetrope.splitter;

import io.zoetrope.events.BatchRun;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.Packet;
import io.zoetrope.events.Rational;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SideData;
import io.zoetrope.events.VideoStream;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoPacket;
import java.util.List;

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
        null,
        batch.preroll().isEmpty() ? null : packets(batch.preroll()),
        packets(batch.packets()));
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
