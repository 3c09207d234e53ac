package io.zoetrope.media;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** Puts the packets of a file into another container as they are: media for tests, no encoder. */
final class Remux {
  static final int VIDEO = avutil.AVMEDIA_TYPE_VIDEO;
  static final int AUDIO = avutil.AVMEDIA_TYPE_AUDIO;

  private Remux() {}

  /** Copies the streams of one type. */
  static void streams(Path from, Path to, String format, int type) {
    copy(from, to, format, type, Integer.MAX_VALUE);
  }

  /** Copies the first packets of the video. */
  static void firstPackets(Path from, Path to, String format, int packets) {
    copy(from, to, format, VIDEO, packets);
  }

  private static void copy(Path from, Path to, String formatName, int type, int most) {
    AVFormatContext input = new AVFormatContext(null);
    check(avformat.avformat_open_input(input, from.toString(), null, null));
    check(avformat.avformat_find_stream_info(input, (AVDictionary) null));
    AVFormatContext output = new AVFormatContext(null);
    check(avformat.avformat_alloc_output_context2(output, null, formatName, to.toString()));
    Map<Integer, AVStream> copies = new HashMap<>();
    List<AVStream> sources = new ArrayList<>();
    for (int i = 0; i < input.nb_streams(); i++) {
      AVStream source = new AVStream(input.streams().get(i));
      sources.add(source);
      if (source.codecpar().codec_type() == type && (type != VIDEO || copies.isEmpty())) {
        AVStream copy = avformat.avformat_new_stream(output, null);
        check(avcodec.avcodec_parameters_copy(copy.codecpar(), source.codecpar()));
        copy.codecpar().codec_tag(0);
        copy.time_base(source.time_base());
        copies.put(i, copy);
      }
    }
    AVIOContext file = new AVIOContext(null);
    check(avformat.avio_open(file, to.toString(), avformat.AVIO_FLAG_WRITE));
    output.pb(file);
    check(avformat.avformat_write_header(output, (AVDictionary) null));
    AVPacket packet = avcodec.av_packet_alloc();
    int written = 0;
    while (written < most && avformat.av_read_frame(input, packet) >= 0) {
      AVStream copy = copies.get(packet.stream_index());
      if (copy == null) {
        avcodec.av_packet_unref(packet);
        continue;
      }
      avcodec.av_packet_rescale_ts(
          packet, sources.get(packet.stream_index()).time_base(), copy.time_base());
      packet.stream_index(copy.index()).pos(-1);
      check(avformat.av_interleaved_write_frame(output, packet));
      written++;
    }
    check(avformat.av_write_trailer(output));
    avcodec.av_packet_free(packet);
    avformat.avio_closep(file);
    avformat.avformat_free_context(output);
    avformat.avformat_close_input(input);
  }

  private static void check(int result) {
    Ffmpeg.requireSuccess(result, "remuxing");
  }
}
