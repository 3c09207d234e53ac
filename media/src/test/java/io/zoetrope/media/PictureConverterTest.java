package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureConverterTest {
  private static final Orientation QUARTER = new Orientation(true, true, false);

  @ParameterizedTest(name = "{0} × {1}, {2} {3} {4}")
  @CsvSource({
    "64, 48, false, false, false",
    "61, 47, false, false, false",
    "64, 48, true, true, false",
    "64, 48, true, false, true",
    "64, 48, false, true, true",
    "64, 48, false, true, false",
    "61, 47, true, false, false",
  })
  void shouldCopyPlainPicturesBitForBitHoweverTheyAreTurned(
      int width, int height, boolean transposed, boolean mirroredX, boolean mirroredY) {
    Orientation orientation = new Orientation(transposed, mirroredX, mirroredY);
    int uprightWidth = orientation.uprightWidth(width, height);
    int uprightHeight = orientation.uprightHeight(width, height);
    PictureFormat format =
        format(uprightWidth + uprightWidth % 2, uprightHeight + uprightHeight % 2);
    try (DecodedFrame frame = frame(noise(width, height, avutil.AV_PIX_FMT_YUV420P), orientation);
        PictureConverter converter = new PictureConverter(format);
        Picture picture = Picture.allocate(format)) {
      converter.convert(frame, picture);

      for (int plane = 0; plane < 3; plane++) {
        int shift = plane == 0 ? 0 : 1;
        for (int y = 0; y < format.height() >> shift; y++) {
          for (int x = 0; x < format.width() >> shift; x++) {
            // The edge is repeated where the size is odd.
            int shownX = Math.min(x, ((uprightWidth + shift) >> shift) - 1);
            int shownY = Math.min(y, ((uprightHeight + shift) >> shift) - 1);
            assertThat(picture.plane(plane).get(y * picture.stride(plane) + x))
                .isEqualTo(stored(frame, plane, shift, shownX, shownY));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, false", "1, true", "5, false", "5, true"})
  void shouldKeepTheMatrixAndRangeOfOtherPictures(int space, boolean fullRange) {
    SyntheticPicture shown = new SyntheticPicture(160, 96, space, fullRange);
    PictureFormat format =
        new PictureFormat(
            160,
            96,
            Rational.UNKNOWN,
            space == 1 ? "bt709" : "bt470bg",
            "unknown",
            "unknown",
            fullRange);
    try (DecodedFrame frame = frame(shown.frame(), Orientation.UPRIGHT);
        PictureConverter converter = new PictureConverter(format);
        Picture picture = Picture.allocate(format)) {
      converter.convert(frame, picture);

      assertClose(at(picture, 0, 50, 40), shown.luma(50.5, 40.5));
      assertClose(at(picture, 1, 30, 20), shown.blueDifference(61));
      assertClose(at(picture, 2, 30, 20), shown.redDifference(41));
    }
  }

  @Test
  void shouldBringAnotherRangeToThatOfTheVideo() {
    SyntheticPicture shown = new SyntheticPicture(160, 96, 1, true);
    PictureFormat format = format(160, 96);
    try (DecodedFrame frame = frame(shown.frame(), Orientation.UPRIGHT);
        PictureConverter converter = new PictureConverter(format);
        Picture picture = Picture.allocate(format)) {
      converter.convert(frame, picture);

      assertClose(at(picture, 0, 50, 40), 16 + shown.luma(50.5, 40.5) * 219 / 255);
      assertClose(at(picture, 1, 30, 20), 128 + (shown.blueDifference(61) - 128) * 224 / 255);
    }
  }

  @Test
  void shouldGiveTheSameBytesWithAndWithoutVectorInstructions() {
    PictureFormat format = format(160, 96);
    byte[] vectors = converted(format);
    avutil.av_force_cpu_flags(0);
    try {
      assertThat(converted(format)).isEqualTo(vectors);
    } finally {
      avutil.av_force_cpu_flags(-1);
    }
  }

  @Test
  void shouldScaleFramesOfAnotherSizeToFitAndCentreThem() {
    PictureFormat format = format(160, 96);
    try (DecodedFrame frame =
            frame(noise(320, 96, avutil.AV_PIX_FMT_YUV420P), Orientation.UPRIGHT);
        DecodedFrame turned = frame(noise(320, 160, avutil.AV_PIX_FMT_YUV420P), QUARTER);
        PictureConverter converter = new PictureConverter(format);
        Picture picture = Picture.allocate(format)) {
      assertThat(converter.placement(frame)).isEqualTo(new Placement(0, 24, 160, 48));
      assertThat(converter.placement(turned)).isEqualTo(new Placement(56, 0, 48, 96));

      picture.fill(200);
      converter.convert(turned, picture);

      assertThat(at(picture, 0, 55, 50)).isEqualTo(16);
      assertThat(at(picture, 1, 27, 25)).isEqualTo(128);
      assertThat(at(picture, 0, 104, 95)).isEqualTo(16);
      assertThat(at(picture, 0, 80, 48)).isNotEqualTo(16);
    }
  }

  @Test
  void shouldFitByTheShapeOfPixels() {
    PictureFormat wide =
        new PictureFormat(160, 96, new Rational(2, 1), "bt709", "bt709", "bt709", false);
    AVFrame square = noise(320, 96, avutil.AV_PIX_FMT_YUV420P);
    square.sample_aspect_ratio().num(1).den(1);
    try (DecodedFrame frame = frame(square, Orientation.UPRIGHT);
        PictureConverter converter = new PictureConverter(wide)) {
      assertThat(converter.placement(frame)).isEqualTo(new Placement(0, 0, 160, 96));
    }
  }

  @Test
  void shouldRefuseATargetOfAnotherSize() {
    try (DecodedFrame frame = frame(noise(64, 48, avutil.AV_PIX_FMT_YUV420P), QUARTER);
        PictureConverter converter = new PictureConverter(format(48, 64));
        Picture picture = Picture.allocate(format(64, 48))) {
      assertThatIllegalArgumentException().isThrownBy(() -> converter.convert(frame, picture));
    }
  }

  @Test
  void shouldTakeOverWhatAnotherPictureShows() {
    try (Picture one = Picture.allocate(format(64, 48));
        Picture other = Picture.allocate(format(64, 48))) {
      other.fill(77);
      one.fill(20);

      one.copyFrom(other);

      assertThat(at(one, 0, 63, 47)).isEqualTo(77);
      assertThat(at(one, 2, 31, 23)).isEqualTo(128);
      assertThat(one.plane(0).isDirect()).isTrue();
    }
  }

  private static byte[] converted(PictureFormat format) {
    try (DecodedFrame frame =
            frame(noise(322, 99, avutil.AV_PIX_FMT_YUV444P10LE), Orientation.UPRIGHT);
        PictureConverter converter = new PictureConverter(format);
        Picture picture = Picture.allocate(format)) {
      picture.fill(0);
      converter.convert(frame, picture);
      byte[] luma = new byte[format.width() * format.height()];
      for (int y = 0; y < format.height(); y++) {
        picture.plane(0).get(y * picture.stride(0), luma, y * format.width(), format.width());
      }
      return luma;
    }
  }

  private static byte stored(DecodedFrame frame, int plane, int shift, int x, int y) {
    Orientation turn = frame.orientation();
    int width = (frame.width() + shift) >> shift;
    int height = (frame.height() + shift) >> shift;
    int fromLeft = turn.mirroredX() ? width - 1 - x : x;
    int fromTop = turn.mirroredY() ? height - 1 - y : y;
    int column = turn.transposed() ? fromTop : fromLeft;
    int row = turn.transposed() ? fromLeft : fromTop;
    AVFrame picture = frame.frame();
    return picture.data(plane).get((long) row * picture.linesize(plane) + column);
  }

  private static int at(Picture picture, int plane, int x, int y) {
    return picture.plane(plane).get(y * picture.stride(plane) + x) & 255;
  }

  private static void assertClose(int actual, double expected) {
    assertThat((double) actual).isBetween(expected - 1.5, expected + 1.5);
  }

  private static PictureFormat format(int width, int height) {
    return new PictureFormat(width, height, Rational.UNKNOWN, "bt709", "bt709", "bt709", false);
  }

  private static DecodedFrame frame(AVFrame frame, Orientation orientation) {
    return new DecodedFrame(frame, orientation, 0, 0, 0, false);
  }

  private static AVFrame noise(int width, int height, int pixelFormat) {
    AVFrame frame = avutil.av_frame_alloc();
    frame.format(pixelFormat).width(width).height(height);
    Ffmpeg.requireSuccess(avutil.av_frame_get_buffer(frame, 0), "av_frame_get_buffer");
    Random random = new Random(5);
    for (int plane = 0; plane < 3; plane++) {
      boolean subsampled = plane > 0 && pixelFormat == avutil.AV_PIX_FMT_YUV420P;
      int rows = subsampled ? (height + 1) / 2 : height;
      byte[] bytes = new byte[frame.linesize(plane) * rows];
      random.nextBytes(bytes);
      if (pixelFormat != avutil.AV_PIX_FMT_YUV420P) {
        for (int i = 1; i < bytes.length; i += 2) {
          bytes[i] &= 3;
        }
      }
      ByteBuffer target = frame.data(plane).capacity(bytes.length).asByteBuffer();
      target.put(bytes);
    }
    return frame;
  }
}
