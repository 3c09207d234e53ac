package io.zoetrope.media;

import static io.zoetrope.media.VideoPacket.NO_TIMESTAMP;

import io.zoetrope.media.PacketAccount.Fate;
import io.zoetrope.media.PacketReader.ReadPacket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Decodes from a random-access point on. What it gives is what decoding the whole video gives, or
 * it stops: at the first sign of damage, whose concealment depends on all that came before, and
 * where a frame has no time of its own.
 */
final class KeyframeDecoding implements PacketDecoder.Output {
  private final KeyframeSearch packets;
  private final long originPts;
  private final long startPts;
  private final ShownStretch stretch;
  private final PacketAccount account = new PacketAccount();
  private final Map<Long, Long> times = new HashMap<>();
  private boolean inDoubt;

  /**
   * Begins at a place that was found; nothing is decoded yet.
   *
   * @param start the packet that is given first
   */
  KeyframeDecoding(KeyframeSearch packets, ReadPacket start, long originPts, ShownStretch stretch) {
    this.packets = packets;
    this.originPts = originPts;
    this.stretch = stretch;
    startPts = start.packet().pts();
  }

  /** Whether the stretch is as a sequential decode gives it; otherwise only its first part is. */
  boolean run(ReadPacket start, AVCodec codec) {
    try (PacketDecoder decoder = new PacketDecoder(packets.stream(), codec, 1)) {
      Optional<ReadPacket> next = Optional.of(start);
      for (long number = 1; next.isPresent() && goesOn(); number++) {
        note(number, next.get());
        if (goesOn()) {
          decoder.send(next.get().packet(), number, this);
          next = packets.read();
        }
      }
      if (goesOn()) {
        decoder.drain(this);
      }
    }
    if (!inDoubt) {
      stretch.end();
    }
    return !inDoubt;
  }

  @Override
  public void picture(long number, AVFrame frame) {
    Long pts = times.remove(number);
    if (pts == null || pts < startPts || !goesOn()) {
      return;
    }
    if (PacketDecoder.isDamaged(frame)) {
      inDoubt = true;
      return;
    }
    stretch.accept(
        new DecodedFrame(
            avutil.av_frame_clone(frame),
            packets.stream().orientation(),
            FrameSeeker.NO_INDEX,
            pts,
            packets.stream().micros(pts - originPts),
            false));
  }

  /** Frames that lead the random-access point lack what they refer to. */
  @Override
  public void error(long number, int error) {
    Long pts = times.get(number);
    inDoubt |= pts == null || pts >= startPts;
  }

  private void note(long number, ReadPacket read) {
    VideoPacket packet = read.packet();
    if (account.count(packet, read.picture()) == Fate.SHOWN) {
      inDoubt |= packet.pts() == NO_TIMESTAMP;
      times.put(number, packet.pts());
    }
  }

  private boolean goesOn() {
    return !inDoubt && !stretch.isComplete();
  }
}
