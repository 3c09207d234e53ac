package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_UNSUPPORTED;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * One FFmpeg decoder, given packet after packet. Packets are numbered by whoever gives them, from 1
 * on, and a picture is known by the number of its packet. Owns the native decoder.
 */
final class PacketDecoder implements AutoCloseable {
  /** No packet: the decoder was being drained. */
  static final long DRAINED = 0;

  /** More than any decoder holds back of pictures. */
  private static final int MOST_ERRORS_IN_A_ROW = 64;

  /** Takes what comes out. */
  interface Output {
    /** {@code frame} stays the decoder's, which goes on to use it for the next. */
    void picture(long number, AVFrame frame);

    /** FFmpeg's error over the packet that was last given. */
    void error(long number, int error);
  }

  /** More than the pictures that any decoder holds. */
  private final AVCodecContext context;

  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();

  /** With several threads damage isn't described, but an error over some packet. */
  PacketDecoder(VideoStream stream, AVCodec codec, int threads) {
    context = StreamParameters.newContext(stream, codec, stream.extradata());
    context
        .thread_count(threads)
        .max_pixels(MediaLimits.decodablePixels(stream))
        .flags(context.flags() | avcodec.AV_CODEC_FLAG_COPY_OPAQUE);
    if (threads > 1) {
      // A picture is given out before the errors in it are known, unless they end its decoding.
      context.err_recognition(avcodec.AV_EF_EXPLODE);
    }
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

  /** FFmpeg's decoder for a stream's codec. */
  static AVCodec find(VideoStream stream) {
    Ffmpeg.quiet();
    return AcceptedCodecs.decoder(StreamParameters.codecId(stream))
        .orElseThrow(
            () ->
                new MediaException(
                    MEDIA_UNSUPPORTED,
                    "The codec "
                        + stream.codec()
                        + " isn't accepted; convert the video to H.264."));
  }

  /** Gives the next packet, and passes on all that the decoder then has ready. */
  void send(VideoPacket source, long number, Output output) {
    // An empty packet would start draining.
    if (!source.data().hasRemaining()) {
      return;
    }
    load(source, number);
    try {
      int result = avcodec.avcodec_send_packet(context, packet);
      if (result == Ffmpeg.EAGAIN) {
        receive(number, output);
        result = avcodec.avcodec_send_packet(context, packet);
      }
      if (result < 0) {
        output.error(number, result);
      }
    } finally {
      avcodec.av_packet_unref(packet);
    }
    receive(number, output);
  }

  /** Passes on all that the decoder still holds; it takes no packet after that. */
  void drain(Output output) {
    avcodec.avcodec_send_packet(context, null);
    receive(DRAINED, output);
  }

  /** Whether the decoder says of the picture that there are errors in it. */
  static boolean isDamaged(AVFrame frame) {
    return frame.decode_error_flags() != 0 || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0;
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }

  /** Some decoders with several threads, once drained, repeat their last error for ever. */
  private void receive(long number, Output output) {
    int errors = 0;
    while (errors < MOST_ERRORS_IN_A_ROW) {
      int result = avcodec.avcodec_receive_frame(context, frame);
      if (result == Ffmpeg.EAGAIN || result == avutil.AVERROR_EOF) {
        return;
      }
      if (result < 0) {
        errors++;
        output.error(number, result);
      } else {
        errors = 0;
        long source = NumberPointer.numberOf(frame.opaque());
        if (source > 0) {
          output.picture(source, frame);
        }
        avutil.av_frame_unref(frame);
      }
    }
  }

  private void load(VideoPacket source, long number) {
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
