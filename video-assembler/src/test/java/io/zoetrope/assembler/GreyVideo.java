package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.media.Rational;
import io.zoetrope.media.VideoEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;

/** Small videos that darken and brighten without a cut, 25 frames a second. */
final class GreyVideo {
  static final int SIZE = 64;

  private static final int KEY_FRAME_INTERVAL = 50;

  private GreyVideo() {}

  /** H.264 in MP4, with a key frame every two seconds. */
  static Path write(Path file, int frames) throws IOException {
    return write(file, frames, KEY_FRAME_INTERVAL);
  }

  /** H.264 in MP4. */
  static Path write(Path file, int frames, int keyFrameInterval) throws IOException {
    VideoEncoder.Settings settings =
        new VideoEncoder.Settings(
            SIZE, SIZE, new Rational(1, 25), new Rational(25, 1), 200_000, keyFrameInterval);
    try (VideoEncoder encoder = VideoEncoder.create(file, settings)) {
      for (int i = 0; i < frames; i++) {
        ByteBuffer picture = ByteBuffer.allocate(3 * SIZE * SIZE);
        while (picture.hasRemaining()) {
          picture.put((byte) Math.abs(i % 400 - 200));
        }
        encoder.encode(picture.flip(), i, 1);
      }
      encoder.finish();
    }
    return file;
  }

  /** Recordings put one behind the other in an MPEG transport stream: each begins at time 0. */
  static Path writeRecordings(Path file, List<Path> recordings) throws IOException {
    Path part = Files.createTempFile(file.getParent(), "part", ".ts");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (Path recording : recordings) {
        remux(recording, part);
        Files.copy(part, out);
      }
    }
    Files.delete(part);
    return file;
  }

  private static void remux(Path from, Path to) {
    AVFormatContext input = new AVFormatContext(null);
    check(avformat.avformat_open_input(input, from.toString(), null, null));
    AVStream source = new AVStream(input.streams().get(0));
    AVFormatContext output = new AVFormatContext(null);
    check(avformat.avformat_alloc_output_context2(output, null, "mpegts", to.toString()));
    AVStream copy = avformat.avformat_new_stream(output, null);
    check(avcodec.avcodec_parameters_copy(copy.codecpar(), source.codecpar()));
    copy.codecpar().codec_tag(0);
    AVIOContext file = new AVIOContext(null);
    check(avformat.avio_open(file, to.toString(), avformat.AVIO_FLAG_WRITE));
    output.pb(file);
    check(avformat.avformat_write_header(output, (AVDictionary) null));
    AVPacket packet = avcodec.av_packet_alloc();
    while (avformat.av_read_frame(input, packet) >= 0) {
      avcodec.av_packet_rescale_ts(packet, source.time_base(), copy.time_base());
      check(avformat.av_interleaved_write_frame(output, packet));
    }
    check(avformat.av_write_trailer(output));
    avcodec.av_packet_free(packet);
    avformat.avio_closep(file);
    avformat.avformat_free_context(output);
    avformat.avformat_close_input(input);
  }

  private static void check(int result) {
    assertThat(result).isNotNegative();
  }
}
