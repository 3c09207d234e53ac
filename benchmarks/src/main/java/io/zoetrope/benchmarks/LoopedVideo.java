package io.zoetrope.benchmarks;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** A long video made of a short one: its packets over and over, on one continuous time line. */
final class LoopedVideo {
  private LoopedVideo() {}

  /**
   * Writes {@code target}, whose name says the container.
   *
   * @return its number of packets
   */
  static long write(Path clip, Path target, int loops) {
    AVFormatContext output = new AVFormatContext(null);
    BareFfmpeg.check(
        avformat.avformat_alloc_output_context2(output, null, null, target.toString()));
    AVIOContext file = new AVIOContext(null);
    BareFfmpeg.check(avformat.avio_open(file, target.toString(), avformat.AVIO_FLAG_WRITE));
    output.pb(file);
    AVStream copy = avformat.avformat_new_stream(output, null);
    AVPacket packet = avcodec.av_packet_alloc();
    long packets = 0;
    long shift = 0;
    for (int loop = 0; loop < loops; loop++) {
      AVFormatContext input = new AVFormatContext(null);
      BareFfmpeg.check(avformat.avformat_open_input(input, clip.toString(), null, null));
      BareFfmpeg.check(avformat.avformat_find_stream_info(input, (AVDictionary) null));
      int best =
          BareFfmpeg.check(
              avformat.av_find_best_stream(
                  input, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0));
      AVStream source = new AVStream(input.streams().get(best));
      if (loop == 0) {
        BareFfmpeg.check(avcodec.avcodec_parameters_copy(copy.codecpar(), source.codecpar()));
        copy.codecpar().codec_tag(0);
        copy.time_base(source.time_base());
        BareFfmpeg.check(avformat.avformat_write_header(output, (AVDictionary) null));
      }
      long end = shift;
      while (avformat.av_read_frame(input, packet) >= 0) {
        if (packet.stream_index() == best) {
          packet.pts(packet.pts() + shift).dts(packet.dts() + shift);
          end = Math.max(end, packet.pts() + packet.duration());
          avcodec.av_packet_rescale_ts(packet, source.time_base(), copy.time_base());
          packet.stream_index(0).pos(-1);
          BareFfmpeg.check(avformat.av_write_frame(output, packet));
          packets++;
        }
        avcodec.av_packet_unref(packet);
      }
      shift = end;
      avformat.avformat_close_input(input);
    }
    BareFfmpeg.check(avformat.av_write_trailer(output));
    avcodec.av_packet_free(packet);
    avformat.avio_closep(file);
    avformat.avformat_free_context(output);
    return packets;
  }
}
