package io.zoetrope.benchmarks;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** The loops that everything else is compared with: FFmpeg alone, one thread, nothing kept. */
final class BareFfmpeg {
  private BareFfmpeg() {}

  /** {@code av_read_frame} to the end; gives the number of packets of the best video stream. */
  static long read(Path video) {
    return run(video, false);
  }

  /** Decodes the whole file in order; gives the number of frames. */
  static long decode(Path video) {
    return run(video, true);
  }

  private static long run(Path video, boolean decode) {
    AVFormatContext format = new AVFormatContext(null);
    check(avformat.avformat_open_input(format, video.toString(), null, null));
    check(avformat.avformat_find_stream_info(format, (AVDictionary) null));
    int best =
        check(
            avformat.av_find_best_stream(
                format, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0));
    AVStream stream = new AVStream(format.streams().get(best));
    for (int i = 0; i < format.nb_streams(); i++) {
      AVStream other = new AVStream(format.streams().get(i));
      other.discard(i == best ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
    }
    AVPacket packet = avcodec.av_packet_alloc();
    AVFrame frame = avutil.av_frame_alloc();
    AVCodecContext context = decode ? open(stream) : null;
    long count = 0;
    while (avformat.av_read_frame(format, packet) >= 0) {
      if (packet.stream_index() == best) {
        count += decode ? frames(context, packet, frame) : 1;
      }
      avcodec.av_packet_unref(packet);
    }
    if (decode) {
      count += frames(context, null, frame);
      avcodec.avcodec_free_context(context);
    }
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avformat.avformat_close_input(format);
    return count;
  }

  private static AVCodecContext open(AVStream stream) {
    AVCodec codec = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    check(avcodec.avcodec_parameters_to_context(context, stream.codecpar()));
    context.thread_count(1).pkt_timebase(stream.time_base());
    check(avcodec.avcodec_open2(context, codec, (AVDictionary) null));
    return context;
  }

  private static int frames(AVCodecContext context, AVPacket packet, AVFrame frame) {
    avcodec.avcodec_send_packet(context, packet);
    int frames = 0;
    while (avcodec.avcodec_receive_frame(context, frame) >= 0) {
      frames++;
      avutil.av_frame_unref(frame);
    }
    return frames;
  }

  static int check(int result) {
    if (result < 0) {
      throw new IllegalStateException("FFmpeg says " + result);
    }
    return result;
  }
}
