package io.zoetrope.integration;

import io.zoetrope.samples.Scene;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** Videos of kinds that the sample isn't, made by the encoders that ship. 25 frames a second. */
final class EncodedVideo {
  private static final int FRAMES_PER_SECOND = 25;
  private static final int BEST_QUALITY = 1;
  private static final int PICTURES = 40;

  private EncodedVideo() {}

  /** One keyframe, however many frames: a scene, forth and back. H.264 in MP4. */
  static void withOneKeyframe(Path file, int frames) throws IOException {
    Scene scene = new Scene(7);
    List<ByteBuffer> pictures =
        IntStream.range(0, PICTURES).mapToObj(index -> scene.frame(index).rgb()).toList();
    write(
        file,
        "libopenh264",
        Scene.WIDTH,
        Scene.HEIGHT,
        frames,
        (picture, index) -> {
          int turn = index % (2 * PICTURES);
          paint(picture, pictures.get(Math.min(turn, 2 * PICTURES - 1 - turn)));
        });
  }

  /** Pictures that can't be compressed; each is a keyframe. JPEG in MP4. */
  static void ofNoise(Path file, int width, int height, int frames) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    write(
        file,
        "mjpeg",
        width,
        height,
        frames,
        (picture, index) -> {
          for (int plane = 0; plane < 3; plane++) {
            byte[] noise = new byte[rows(picture, plane) * picture.linesize(plane)];
            random.nextBytes(noise);
            picture.data(plane).put(noise);
          }
        });
  }

  @FunctionalInterface
  private interface Painter {
    void paint(AVFrame picture, int index);
  }

  private static void write(
      Path file, String encoder, int width, int height, int frames, Painter painter)
      throws IOException {
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(encoder);
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    context.width(width).height(height).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    context.color_range(
        encoder.equals("mjpeg") ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
    context.time_base().num(1).den(FRAMES_PER_SECOND);
    context.framerate().num(FRAMES_PER_SECOND).den(1);
    context.gop_size(frames + 1).bit_rate(2_000_000).thread_count(1);
    context.flags(
        avcodec.AV_CODEC_FLAG_GLOBAL_HEADER
            | avcodec.AV_CODEC_FLAG_QSCALE
            | avcodec.AV_CODEC_FLAG_BITEXACT);
    context.qmin(BEST_QUALITY).global_quality(BEST_QUALITY * avutil.FF_QP2LAMBDA);
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "rc_mode", "quality", 0);
    avutil.av_dict_set(options, "allow_skip_frames", "0", 0);
    check(avcodec.avcodec_open2(context, codec, options));
    avutil.av_dict_free(options);

    AVFormatContext output = new AVFormatContext(null);
    check(avformat.avformat_alloc_output_context2(output, null, "mp4", file.toString()));
    AVStream stream = avformat.avformat_new_stream(output, null);
    check(avcodec.avcodec_parameters_from_context(stream.codecpar(), context));
    stream.time_base(context.time_base());
    AVIOContext io = new AVIOContext(null);
    check(avformat.avio_open(io, file.toString(), avformat.AVIO_FLAG_WRITE));
    output.pb(io);
    check(avformat.avformat_write_header(output, (AVDictionary) null));

    AVFrame picture = avutil.av_frame_alloc();
    picture.format(avutil.AV_PIX_FMT_YUV420P).width(width).height(height);
    check(avutil.av_frame_get_buffer(picture, 0));
    for (int index = 0; index < frames; index++) {
      check(avutil.av_frame_make_writable(picture));
      painter.paint(picture, index);
      picture.pts(index).quality(BEST_QUALITY * avutil.FF_QP2LAMBDA);
      check(avcodec.avcodec_send_frame(context, picture));
      writePackets(context, output, stream);
    }
    check(avcodec.avcodec_send_frame(context, null));
    writePackets(context, output, stream);
    check(avformat.av_write_trailer(output));
    avformat.avio_closep(io);
    avformat.avformat_free_context(output);
    avutil.av_frame_free(picture);
    avcodec.avcodec_free_context(context);
  }

  private static void writePackets(AVCodecContext context, AVFormatContext output, AVStream stream)
      throws IOException {
    AVPacket packet = avcodec.av_packet_alloc();
    while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
      packet.stream_index(0).duration(1);
      avcodec.av_packet_rescale_ts(packet, context.time_base(), stream.time_base());
      check(avformat.av_interleaved_write_frame(output, packet));
    }
    avcodec.av_packet_free(packet);
  }

  /** Any conversion will do that keeps shapes apart: chroma is taken from every other pixel. */
  private static void paint(AVFrame picture, ByteBuffer rgb) {
    for (int plane = 0; plane < 3; plane++) {
      int step = plane == 0 ? 1 : 2;
      byte[] samples = new byte[rows(picture, plane) * picture.linesize(plane)];
      for (int y = 0; y < picture.height(); y += step) {
        for (int x = 0; x < picture.width(); x += step) {
          int at = 3 * (y * picture.width() + x);
          int r = rgb.get(at) & 0xff;
          int g = rgb.get(at + 1) & 0xff;
          int b = rgb.get(at + 2) & 0xff;
          int sample =
              switch (plane) {
                case 0 -> 16 + (66 * r + 129 * g + 25 * b) / 256;
                case 1 -> 128 + (-38 * r - 74 * g + 112 * b) / 256;
                default -> 128 + (112 * r - 94 * g - 18 * b) / 256;
              };
          samples[y / step * picture.linesize(plane) + x / step] = (byte) sample;
        }
      }
      picture.data(plane).put(samples);
    }
  }

  private static int rows(AVFrame picture, int plane) {
    return plane == 0 ? picture.height() : picture.height() / 2;
  }

  private static void check(int status) throws IOException {
    if (status < 0) {
      throw new IOException("FFmpeg answered " + status);
    }
  }
}
