package io.zoetrope.detector.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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

/** The reference: a file decoded by FFmpeg from its beginning on, as its examples do it. */
final class PlainDecoder implements AutoCloseable {
  private final AVFormatContext format = new AVFormatContext(null);
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private final AVCodecContext context;
  private final int stream;

  PlainDecoder(Path video) {
    check(avformat.avformat_open_input(format, video.toString(), null, null));
    check(avformat.avformat_find_stream_info(format, (AVDictionary) null));
    stream =
        check(
            avformat.av_find_best_stream(
                format, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0));
    AVStream best = new AVStream(format.streams().get(stream));
    AVCodec codec = avcodec.avcodec_find_decoder(best.codecpar().codec_id());
    context = avcodec.avcodec_alloc_context3(codec);
    check(avcodec.avcodec_parameters_to_context(context, best.codecpar()));
    check(avcodec.avcodec_open2(context, codec, (AVDictionary) null));
  }

  /** The next picture; null when there are no more. */
  PlainPicture next() {
    while (avcodec.avcodec_receive_frame(context, frame) < 0) {
      int read = avformat.av_read_frame(format, packet);
      if (read < 0 && avcodec.avcodec_send_packet(context, null) == avutil.AVERROR_EOF) {
        return null;
      }
      if (read >= 0 && packet.stream_index() == stream) {
        check(avcodec.avcodec_send_packet(context, packet));
      }
      avcodec.av_packet_unref(packet);
    }
    assertThat(frame.format()).isIn(avutil.AV_PIX_FMT_YUV420P, avutil.AV_PIX_FMT_YUVJ420P);
    int width = frame.width();
    int height = frame.height();
    return new PlainPicture(
        width,
        height,
        List.of(
            plane(0, width, height),
            plane(1, (width + 1) / 2, (height + 1) / 2),
            plane(2, (width + 1) / 2, (height + 1) / 2)),
        frame.colorspace() == avutil.AVCOL_SPC_BT709,
        frame.color_range() == avutil.AVCOL_RANGE_JPEG);
  }

  private float[] plane(int index, int width, int height) {
    float[] plane = new float[width * height];
    byte[] row = new byte[width];
    for (int y = 0; y < height; y++) {
      frame.data(index).getPointer((long) y * frame.linesize(index)).get(row);
      for (int x = 0; x < width; x++) {
        plane[y * width + x] = row[x] & 0xff;
      }
    }
    return plane;
  }

  private static int check(int result) {
    assertThat(result).as("FFmpeg").isNotNegative();
    return result;
  }

  @Override
  public void close() {
    avcodec.avcodec_free_context(context);
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avformat.avformat_close_input(format);
  }
}
