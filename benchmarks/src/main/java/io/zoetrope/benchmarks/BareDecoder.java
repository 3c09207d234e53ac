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

/**
 * A file through FFmpeg's decoder from beginning to end, and from the beginning again: one
 * sequential decoder with one thread, opened once. One thread at a time.
 */
final class BareDecoder implements AutoCloseable {
  private final AVFormatContext format = new AVFormatContext(null);
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private final AVCodecContext context;
  private final int stream;
  private boolean draining;

  BareDecoder(Path video) {
    BareFfmpeg.check(avformat.avformat_open_input(format, video.toString(), null, null));
    BareFfmpeg.check(avformat.avformat_find_stream_info(format, (AVDictionary) null));
    stream =
        BareFfmpeg.check(
            avformat.av_find_best_stream(
                format, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0));
    AVStream best = new AVStream(format.streams().get(stream));
    for (int i = 0; i < format.nb_streams(); i++) {
      AVStream other = new AVStream(format.streams().get(i));
      other.discard(i == stream ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
    }
    AVCodec codec = avcodec.avcodec_find_decoder(best.codecpar().codec_id());
    context = avcodec.avcodec_alloc_context3(codec);
    BareFfmpeg.check(avcodec.avcodec_parameters_to_context(context, best.codecpar()));
    context.thread_count(1).pkt_timebase(best.time_base());
    BareFfmpeg.check(avcodec.avcodec_open2(context, codec, (AVDictionary) null));
  }

  /** The next picture, which is the decoder's until the next call; null at the end of the file. */
  AVFrame next() {
    while (true) {
      if (avcodec.avcodec_receive_frame(context, frame) >= 0) {
        return frame;
      }
      if (draining) {
        return null;
      }
      feed();
    }
  }

  private void feed() {
    while (avformat.av_read_frame(format, packet) >= 0) {
      boolean wanted = packet.stream_index() == stream;
      if (wanted) {
        avcodec.avcodec_send_packet(context, packet);
      }
      avcodec.av_packet_unref(packet);
      if (wanted) {
        return;
      }
    }
    avcodec.avcodec_send_packet(context, null);
    draining = true;
  }

  /** Goes back to the first picture. */
  void rewind() {
    BareFfmpeg.check(avformat.av_seek_frame(format, stream, 0, avformat.AVSEEK_FLAG_BACKWARD));
    avcodec.avcodec_flush_buffers(context);
    draining = false;
  }

  @Override
  public void close() {
    avcodec.avcodec_free_context(context);
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avformat.avformat_close_input(format);
  }
}
