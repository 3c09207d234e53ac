package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoEncoderTest {
  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;
  private static final VideoEncoder.Settings SETTINGS =
      new VideoEncoder.Settings(
          WIDTH, HEIGHT, new Rational(1, 1000), new Rational(25, 1), 1_000_000);

  @TempDir Path folder;

  @Test
  void shouldKeepEveryPictureWithItsOwnTime() throws IOException {
    List<Long> times = List.of(0L, 40L, 41L, 120L, 1000L, 1033L);

    Path file = folder.resolve("times.mp4");
    try (VideoEncoder encoder = VideoEncoder.create(file, SETTINGS)) {
      for (long time : times) {
        encoder.encode(noise(time), time, 40);
      }
      encoder.finish();
    }

    assertThat(decode(file))
        .extracting(Picture::micros)
        .containsExactlyElementsOf(times.stream().map(time -> 1000 * time).toList());
  }

  @Test
  void shouldConvertAndTagColoursAsBt709Limited() throws IOException {
    Path file = folder.resolve("red.mp4");
    try (VideoEncoder encoder = VideoEncoder.create(file, SETTINGS)) {
      encoder.encode(flat(255, 0, 0), 0, 40);
      encoder.encode(flat(0, 255, 0), 40, 40);
      encoder.encode(flat(255, 255, 255), 80, 40);
      encoder.finish();
    }

    List<Picture> pictures = decode(file);

    // ITU-R BT.709, 8 bits, limited range: 219 or 224 times the analogue value, plus 16 or 128.
    assertThat(pictures.get(0).luma()).isBetween(62, 64);
    assertThat(pictures.get(0).blueDifference()).isBetween(101, 103);
    assertThat(pictures.get(0).redDifference()).isBetween(239, 241);
    assertThat(pictures.get(1).luma()).isBetween(172, 174);
    assertThat(pictures.get(2).luma()).isBetween(234, 236);
    assertThat(pictures).extracting(Picture::colours).containsOnly("tv bt709 bt709 bt709");
  }

  @Test
  void shouldGiveTheSameBytesForTheSamePicturesWithAndWithoutVectorInstructions()
      throws IOException {
    Path vectors = folder.resolve("vectors.mp4");
    Path plain = folder.resolve("plain.mp4");

    encodeNoise(vectors);
    avutil.av_force_cpu_flags(0);
    try {
      encodeNoise(plain);
    } finally {
      avutil.av_force_cpu_flags(-1);
    }

    assertThat(plain).hasSameBinaryContentAs(vectors);
  }

  private static void encodeNoise(Path file) throws IOException {
    try (VideoEncoder encoder = VideoEncoder.create(file, SETTINGS)) {
      for (int i = 0; i < 30; i++) {
        encoder.encode(noise(i), 40L * i, 40);
      }
      encoder.finish();
    }
  }

  @Test
  void shouldPutTheIndexBeforeTheData() throws IOException {
    Path file = folder.resolve("front.mp4");
    try (VideoEncoder encoder = VideoEncoder.create(file, SETTINGS)) {
      encoder.encode(noise(1), 0, 40);
      encoder.finish();
    }

    assertThat(boxes(file)).containsSubsequence("ftyp", "moov", "mdat");
  }

  @Test
  void shouldLeaveNothingBehindWhenNotFinished() throws IOException {
    Path file = folder.resolve("unfinished.mp4");
    try (VideoEncoder encoder = VideoEncoder.create(file, SETTINGS)) {
      encoder.encode(noise(1), 0, 40);
      assertThat(file).exists();
    }

    assertThat(file).doesNotExist();
  }

  @Test
  void shouldNameTheFileThatCannotBeWritten() {
    Path file = folder.resolve("no-such-folder").resolve("video.mp4");

    assertThatIOException()
        .isThrownBy(() -> VideoEncoder.create(file, SETTINGS).close())
        .withMessage("can't write " + file + ": No such file or directory");
  }

  @Test
  void shouldNotDeleteWhatItDidNotCreate() {
    assertThatIOException().isThrownBy(() -> VideoEncoder.create(folder, SETTINGS).close());

    assertThat(folder).exists();
  }

  @Test
  void shouldRefusePicturesThatDoNotFit() throws IOException {
    try (VideoEncoder encoder = VideoEncoder.create(folder.resolve("v.mp4"), SETTINGS)) {
      encoder.encode(noise(1), 40, 40);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.encode(ByteBuffer.allocate(7), 80, 40))
          .withMessage("7 bytes are no picture of 18432");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.encode(noise(2), 40, 40))
          .withMessage("time 40 is not after 40");
    }
  }

  @Test
  void shouldRefusePicturesAfterTheEnd() throws IOException {
    Path file = folder.resolve("ended.mp4");
    VideoEncoder encoder = VideoEncoder.create(file, SETTINGS);
    encoder.encode(noise(1), 0, 40);
    encoder.finish();

    assertThatIllegalStateException().isThrownBy(() -> encoder.encode(noise(2), 40, 40));
    encoder.close();
    encoder.close();

    assertThatIllegalStateException().isThrownBy(encoder::finish);
    assertThat(decode(file)).hasSize(1);
  }

  @Test
  void shouldRefuseOddSizes() {
    Rational rate = new Rational(25, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VideoEncoder.Settings(97, 64, rate, rate, 1))
        .withMessage("H.264 pictures need even sizes, not 97 × 64");
  }

  private static ByteBuffer noise(long seed) {
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    new Random(seed).nextBytes(rgb);
    return ByteBuffer.wrap(rgb);
  }

  private static ByteBuffer flat(int red, int green, int blue) {
    ByteBuffer rgb = ByteBuffer.allocate(3 * WIDTH * HEIGHT);
    while (rgb.hasRemaining()) {
      rgb.put((byte) red).put((byte) green).put((byte) blue);
    }
    return rgb.flip();
  }

  private static List<String> boxes(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    List<String> types = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int start = bytes.position();
      int size = bytes.getInt();
      byte[] type = new byte[4];
      bytes.get(type);
      types.add(new String(type, StandardCharsets.US_ASCII));
      bytes.position(start + size);
    }
    return types;
  }

  /** The middle pixel of a decoded picture. */
  private record Picture(
      long micros, int luma, int blueDifference, int redDifference, String colours) {}

  /** Decodes with FFmpeg itself, in order, without any of our own reading code. */
  private static List<Picture> decode(Path file) {
    AVFormatContext container = new AVFormatContext(null);
    assertThat(avformat.avformat_open_input(container, file.toString(), null, (AVDictionary) null))
        .isZero();
    assertThat(avformat.avformat_find_stream_info(container, (PointerPointer<?>) null))
        .isNotNegative();
    AVCodecContext codec = avcodec.avcodec_alloc_context3(null);
    avcodec.avcodec_parameters_to_context(codec, container.streams(0).codecpar());
    avcodec.avcodec_open2(
        codec, avcodec.avcodec_find_decoder(codec.codec_id()), (AVDictionary) null);
    AVPacket packet = avcodec.av_packet_alloc();
    AVFrame frame = avutil.av_frame_alloc();
    double unit = avutil.av_q2d(container.streams(0).time_base());
    List<Picture> pictures = new ArrayList<>();
    boolean more = true;
    while (more) {
      more = avformat.av_read_frame(container, packet) == 0;
      avcodec.avcodec_send_packet(codec, more ? packet : null);
      avcodec.av_packet_unref(packet);
      while (avcodec.avcodec_receive_frame(codec, frame) == 0) {
        pictures.add(picture(frame, unit));
      }
    }
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(codec);
    avformat.avformat_close_input(container);
    return pictures;
  }

  private static Picture picture(AVFrame frame, double unit) {
    String colours =
        String.join(
            " ",
            avutil.av_color_range_name(frame.color_range()).getString(),
            avutil.av_color_space_name(frame.colorspace()).getString(),
            avutil.av_color_primaries_name(frame.color_primaries()).getString(),
            avutil.av_color_transfer_name(frame.color_trc()).getString());
    return new Picture(
        Math.round(frame.pts() * unit * 1e6),
        frame.data(0).get((long) HEIGHT / 2 * frame.linesize(0) + WIDTH / 2) & 255,
        frame.data(1).get((long) HEIGHT / 4 * frame.linesize(1) + WIDTH / 4) & 255,
        frame.data(2).get((long) HEIGHT / 4 * frame.linesize(2) + WIDTH / 4) & 255,
        colours);
  }
}
