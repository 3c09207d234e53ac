package io.zoetrope.media;

import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * One pass over one batch, in decoders of its own: a fresh one at the start and wherever packets
 * are left out.
 */
final class BatchDecoding implements PacketDecoder.Output {
  private final VideoStream stream;
  private final AVCodec codec;
  private final List<VideoPacket> packets;
  private final FrameDelivery delivery;
  private final int threads;
  private boolean damage;

  BatchDecoding(
      VideoStream stream, AVCodec codec, PacketBatch batch, FrameDelivery delivery, int threads) {
    this.stream = stream;
    this.codec = codec;
    packets = batch.allPackets().toList();
    this.delivery = delivery;
    this.threads = threads;
  }

  /** Whether all went without damage; with several threads it stops at the first sign of it. */
  boolean run() {
    int next = 0;
    while (next < packets.size() && !isStopped()) {
      next = runUntilRestart(next);
    }
    return !damage;
  }

  @Override
  public void picture(long number, AVFrame frame) {
    VideoPacket source = packets.get((int) number - 1);
    if (!source.emit() || isStopped()) {
      return;
    }
    boolean damaged = PacketDecoder.isDamaged(frame);
    damage |= damaged;
    if (!isStopped()) {
      delivery.deliver(source, frame, damaged);
    }
  }

  /**
   * With one thread the error belongs to the packet, and matters if a frame is expected of it. With
   * several it may belong to any packet before, so it must be looked into with one.
   */
  @Override
  public void error(long number, int error) {
    Optional<VideoPacket> source =
        number == PacketDecoder.DRAINED
            ? Optional.empty()
            : Optional.of(packets.get((int) number - 1));
    if (threads > 1) {
      damage = true;
    } else if (source.map(VideoPacket::emit).orElse(true)) {
      damage = true;
      delivery.complain(source, Ffmpeg.errorText(error));
    }
  }

  /** Returns the first packet that needs another decoder. */
  private int runUntilRestart(int first) {
    int end = first + 1;
    while (end < packets.size() && !packets.get(end).restart()) {
      end++;
    }
    // A lone packet keeps one thread busy, and the others cost more than it.
    int useful = end - first == 1 ? 1 : threads;
    try (PacketDecoder decoder = new PacketDecoder(stream, codec, useful)) {
      for (int i = first; i < end && !isStopped(); i++) {
        decoder.send(packets.get(i), i + 1L, this);
      }
      if (!isStopped()) {
        decoder.drain(this);
      }
    }
    return end;
  }

  private boolean isStopped() {
    return damage && threads > 1;
  }
}
