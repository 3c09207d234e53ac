package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_UNSUPPORTED;

import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * One pass of one decoder over one batch. A frame is known by the number that its packet carried in
 * {@code opaque}: its place in the batch, from 1. Owns the native decoder.
 */
final class BatchDecoding implements AutoCloseable {
  private final List<VideoPacket> packets;
  private final FrameDelivery delivery;
  private final boolean stopsAtDamage;
  private final AVCodecContext context;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private boolean damage;

  BatchDecoding(
      VideoStream stream, AVCodec codec, PacketBatch batch, FrameDelivery delivery, int threads) {
    packets = batch.allPackets().toList();
    this.delivery = delivery;
    stopsAtDamage = threads > 1;
    context = StreamParameters.newContext(stream, codec, stream.extradata());
    context
        .thread_count(threads)
        .err_recognition(threads > 1 ? avcodec.AV_EF_EXPLODE : 0)
        .max_pixels(MediaLimits.decodablePixels(stream))
        .flags(context.flags() | avcodec.AV_CODEC_FLAG_COPY_OPAQUE);
    int result = avcodec.avcodec_open2(context, codec, (AVDictionary) null);
    if (result < 0) {
      close();
      throw new MediaException(
          MEDIA_UNSUPPORTED,
          "The decoder for "
              + stream.codec()
              + " refuses this stream: "
              + Ffmpeg.errorText(result));
    }
  }

  /** Whether the batch went through without damage. */
  boolean run() {
    for (int i = 0; i < packets.size(); i++) {
      VideoPacket source = packets.get(i);
      // An empty packet would start draining.
      if (source.data().hasRemaining()) {
        load(source, i + 1);
        send(source);
        if (damage && stopsAtDamage) {
          return false;
        }
      }
    }
    avcodec.avcodec_send_packet(context, null);
    receive(null);
    return !damage;
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }

  private void send(VideoPacket source) {
    int result = avcodec.avcodec_send_packet(context, packet);
    if (result == Ffmpeg.EAGAIN) {
      receive(source);
      result = avcodec.avcodec_send_packet(context, packet);
    }
    avcodec.av_packet_unref(packet);
    if (result < 0) {
      complain(source, result);
    }
    receive(source);
  }

  /** Takes what the decoder has ready; {@code source} is what it was last given. */
  private void receive(VideoPacket source) {
    while (!(damage && stopsAtDamage)) {
      int result = avcodec.avcodec_receive_frame(context, frame);
      if (result == Ffmpeg.EAGAIN || result == avutil.AVERROR_EOF) {
        return;
      }
      if (result < 0) {
        complain(source, result);
      } else {
        deliver();
        avutil.av_frame_unref(frame);
      }
    }
  }

  private void deliver() {
    VideoPacket source = packets.get((int) NumberPointer.numberOf(frame.opaque()) - 1);
    if (!source.emit()) {
      return;
    }
    boolean damaged =
        frame.decode_error_flags() != 0 || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0;
    damage |= damaged;
    if (!(damaged && stopsAtDamage)) {
      delivery.deliver(source, frame, damaged);
    }
  }

  /**
   * With one thread the error belongs to {@code source}, and matters if a frame is expected of it.
   * With several it may belong to any packet before, so it must be looked into with one.
   */
  private void complain(VideoPacket source, int error) {
    if (stopsAtDamage) {
      damage = true;
    } else if (source == null || source.emit()) {
      damage = true;
      delivery.complain(Optional.ofNullable(source), Ffmpeg.errorText(error));
    }
  }

  private void load(VideoPacket source, int number) {
    int size = source.data().remaining();
    Ffmpeg.requireSuccess(avcodec.av_new_packet(packet, size), "av_new_packet");
    packet.data().capacity(size).asByteBuffer().put(source.data().duplicate());
    packet
        .pts(source.pts())
        .dts(source.dts())
        .duration(source.duration())
        .flags(source.flags())
        .opaque(new NumberPointer(number));
    for (SideData sideData : source.sideData()) {
      int bytes = sideData.data().remaining();
      BytePointer target =
          avcodec.av_packet_new_side_data(packet, SideDataTypes.number(sideData.type()), bytes);
      target.capacity(bytes).asByteBuffer().put(sideData.data().duplicate());
    }
  }
}
