package io.zoetrope.media;

import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** The reference: the whole file through one decoder, in order, as any player does it. */
final class SequentialDecode {
  /** A picture's checksum and its pts in the time base, as the decoder gave them. */
  record Picture(long hash, long pts) {}

  private SequentialDecode() {}

  static List<Picture> of(Path file) throws Exception {
    List<Picture> pictures = new ArrayList<>();
    try (SeekableByteChannel channel = SharedMedia.open(file);
        MediaInput input = MediaInput.open(channel, file.toString(), -1, MediaLimits.DEFAULT)) {
      AVCodec codec = avcodec.avcodec_find_decoder(input.stream().codecpar().codec_id());
      AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
      avcodec.avcodec_parameters_to_context(context, input.stream().codecpar());
      context.thread_count(1).pkt_timebase(input.stream().time_base());
      avcodec.avcodec_open2(context, codec, (AVDictionary) null);
      AVPacket packet = avcodec.av_packet_alloc();
      AVFrame frame = avutil.av_frame_alloc();
      while (input.read(packet)) {
        avcodec.avcodec_send_packet(context, packet);
        avcodec.av_packet_unref(packet);
        receive(context, frame, pictures);
      }
      avcodec.avcodec_send_packet(context, null);
      receive(context, frame, pictures);
      avutil.av_frame_free(frame);
      avcodec.av_packet_free(packet);
      avcodec.avcodec_free_context(context);
    }
    return pictures;
  }

  private static void receive(AVCodecContext context, AVFrame frame, List<Picture> pictures) {
    while (true) {
      int result = avcodec.avcodec_receive_frame(context, frame);
      if (result == Ffmpeg.EAGAIN || result == avutil.AVERROR_EOF) {
        return;
      }
      if (result >= 0) {
        pictures.add(new Picture(FrameHash.of(frame), frame.pts()));
        avutil.av_frame_unref(frame);
      }
    }
  }
}
