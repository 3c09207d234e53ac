package io.zoetrope.media;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * What a file shows: all of it through one decoder with one thread, in order, as the simplest
 * player does it. Uses FFmpeg as its examples do and nothing of the code under test.
 *
 * <p>Of two pictures for one packet the first counts: the decoder of MPEG-4 makes one up where a
 * stream starts in mid-GOP.
 */
record Reference(List<Picture> pictures) {
  /**
   * A picture as the decoder gave it.
   *
   * @param pts in the time base of the stream, or {@link VideoPacket#NO_TIMESTAMP}
   */
  record Picture(long hash, long pts, boolean damaged) {}

  static Reference of(Path file) {
    return of(file, -1);
  }

  /** {@code wantedStream} is -1 for the one that FFmpeg deems best. */
  static Reference of(Path file, int wantedStream) {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    List<Picture> pictures = new ArrayList<>();
    AVFormatContext format = new AVFormatContext(null);
    check(avformat.avformat_open_input(format, file.toString(), (AVInputFormat) null, null));
    check(avformat.avformat_find_stream_info(format, (AVDictionary) null));
    int index =
        check(
            avformat.av_find_best_stream(
                format, avutil.AVMEDIA_TYPE_VIDEO, wantedStream, -1, (AVCodec) null, 0));
    AVStream stream = new AVStream(format.streams().get(index));
    AVCodec codec = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    check(avcodec.avcodec_parameters_to_context(context, stream.codecpar()));
    context
        .thread_count(1)
        .pkt_timebase(stream.time_base())
        .flags(context.flags() | avcodec.AV_CODEC_FLAG_COPY_OPAQUE);
    Set<Long> packetsShown = new HashSet<>();
    check(avcodec.avcodec_open2(context, codec, (AVDictionary) null));
    AVPacket packet = avcodec.av_packet_alloc();
    AVFrame frame = avutil.av_frame_alloc();
    int packets = 0;
    while (avformat.av_read_frame(format, packet) >= 0) {
      if (packet.stream_index() == index && packet.size() > 0) {
        packets++;
        packet.opaque(new NumberPointer(packets));
        avcodec.avcodec_send_packet(context, packet);
        receive(context, frame, packetsShown, pictures);
      }
      avcodec.av_packet_unref(packet);
    }
    avcodec.avcodec_send_packet(context, null);
    receive(context, frame, packetsShown, pictures);
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
    avformat.avformat_close_input(format);
    return new Reference(pictures);
  }

  private static void receive(
      AVCodecContext context, AVFrame frame, Set<Long> packetsShown, List<Picture> pictures) {
    while (true) {
      int result = avcodec.avcodec_receive_frame(context, frame);
      if (result == Ffmpeg.EAGAIN || result == avutil.AVERROR_EOF) {
        return;
      }
      if (result >= 0 && packetsShown.add(NumberPointer.numberOf(frame.opaque()))) {
        boolean damaged =
            frame.decode_error_flags() != 0 || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0;
        pictures.add(new Picture(FrameHash.of(frame), frame.pts(), damaged));
      }
      avutil.av_frame_unref(frame);
    }
  }

  private static int check(int result) {
    return Ffmpeg.requireSuccess(result, "decoding the reference");
  }
}
