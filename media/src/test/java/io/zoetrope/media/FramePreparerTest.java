package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.media.InputFormat.Fit;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramePreparerTest {
  private static final float CANARY = -77;
  private static final int MARGIN = 64;

  /** Half a step of rounding in each of Y, Cb and Cr, and half a step by which swscale is low. */
  private static final double TOLERANCE = 3.0 / 255;

  /** Next to the border a bilinear kernel reaches outside, where the gradient doesn't go on. */
  private static final int BORDER = 3;

  @ParameterizedTest
  @CsvSource({
    "1280, 720, 640, 640", "720, 1280, 640, 640", "405, 720, 640, 640", "361, 203, 361, 361",
    "203, 361, 416, 416", "50, 30, 416, 416", "1920, 1080, 416, 320", "33, 1000, 640, 640"
  })
  void shouldScaleAndLetterboxOddAndPortraitSizes(
      int width, int height, int toWidth, int toHeight) {
    SyntheticPicture picture =
        new SyntheticPicture(width, height, avutil.AVCOL_SPC_UNSPECIFIED, false);
    assertPrepared(picture, List.of(), InputFormat.ultralytics(toWidth, toHeight));
    assertPrepared(picture, List.of(), InputFormat.yolox(toWidth, toHeight));
    assertPrepared(picture, List.of(), InputFormat.stretched(toWidth, toHeight));
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void shouldPutColoursInTheOrderAndOnTheScaleThatTheModelWants(boolean rgb, boolean unitScale) {
    SyntheticPicture picture = new SyntheticPicture(320, 180, avutil.AVCOL_SPC_BT709, false);
    for (Fit fit : Fit.values()) {
      assertPrepared(picture, List.of(), new InputFormat(160, 128, rgb, unitScale, fit));
    }
  }

  @ParameterizedTest
  @MethodSource("colours")
  void shouldConvertByTheStreamsOwnMatrixAndRange(int colorSpace, boolean fullRange) {
    SyntheticPicture picture = new SyntheticPicture(640, 360, colorSpace, fullRange);
    assertPrepared(picture, List.of(), InputFormat.ultralytics(320, 320));
  }

  static Stream<Arguments> colours() {
    return Stream.of(
        Arguments.of(avutil.AVCOL_SPC_UNSPECIFIED, false),
        Arguments.of(avutil.AVCOL_SPC_UNSPECIFIED, true),
        Arguments.of(avutil.AVCOL_SPC_SMPTE170M, false),
        Arguments.of(avutil.AVCOL_SPC_BT709, false),
        Arguments.of(avutil.AVCOL_SPC_BT709, true));
  }

  @ParameterizedTest
  @MethodSource("matrices")
  void shouldTurnPicturesByTheirDisplayMatrix(List<Integer> matrix) {
    SyntheticPicture picture = new SyntheticPicture(405, 231, avutil.AVCOL_SPC_BT709, false);
    assertPrepared(picture, matrix, InputFormat.ultralytics(320, 288));
    assertPrepared(picture, matrix, InputFormat.yolox(320, 288));
    assertPrepared(picture, matrix, InputFormat.stretched(320, 288));
  }

  /** The eight ways in which a picture can lie, as the columns a, b, c, d of a display matrix. */
  static Stream<List<Integer>> matrices() {
    return Stream.of(
            new int[] {1, 0, 0, 1},
            new int[] {0, 1, -1, 0},
            new int[] {-1, 0, 0, -1},
            new int[] {0, -1, 1, 0},
            new int[] {-1, 0, 0, 1},
            new int[] {1, 0, 0, -1},
            new int[] {0, 1, 1, 0},
            new int[] {0, -1, -1, 0})
        .map(
            m -> {
              int one = 1 << 16;
              return List.of(m[0] * one, m[1] * one, 0, m[2] * one, m[3] * one, 0, 0, 0, 1 << 30);
            });
  }

  @Test
  void shouldPrepareAPhoneVideoUpright() throws Exception {
    try (SeekableByteChannel channel = SharedMedia.open(SharedMedia.file("rotated-90.mov"));
        VideoCutter cutter = VideoCutter.open(channel, "rotated-90.mov", CutOptions.DEFAULT);
        BatchDecoder decoder = new BatchDecoder(cutter.stream(), 1);
        FramePreparer preparer = new FramePreparer()) {
      VideoStream stream = cutter.stream();
      assertThat(stream.rotation()).isEqualTo(90);
      assertThat(stream.uprightWidth()).isEqualTo(stream.height()).isLessThan(stream.width());
      InputFormat format = InputFormat.ultralytics(640, 640);
      FloatBuffer tensor = direct(format.floats());
      decoder.decode(
          cutter.next(),
          frame -> {
            try (frame) {
              Letterbox box = preparer.prepare(frame, format, tensor);
              assertThat(box.scaledHeight()).isEqualTo(640);
              assertThat(box.scaledWidth()).isLessThan(640);
            }
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 48, 208, 400, 416, 624, 640, 1264, 1280})
  void shouldNotWriteBehindRowsOfWholeVectors(int width) {
    int stride = width + MARGIN;
    int height = 9;
    FloatBuffer planes = direct(PictureScaler.PLANES * height * stride);
    for (int i = 0; i < planes.capacity(); i++) {
      planes.put(i, CANARY);
    }
    SyntheticPicture picture = new SyntheticPicture(701, 23, avutil.AVCOL_SPC_BT709, false);
    try (DecodedFrame frame =
            new DecodedFrame(picture.frame(), Orientation.UPRIGHT, 0, 0, 0, false);
        PictureScaler scaler =
            new PictureScaler(PictureScaler.Key.of(frame.frame(), width, height))) {
      int[] offsets = {0, height * stride, 2 * height * stride};
      scaler.scale(frame.frame(), new FloatPointer(planes), offsets, stride);
    }

    int written = 0;
    int behindRows = 0;
    for (int i = 0; i < planes.capacity(); i++) {
      boolean touched = planes.get(i) != CANARY;
      written += touched ? 1 : 0;
      behindRows += touched && i % stride >= width ? 1 : 0;
    }
    assertThat(behindRows).isZero();
    assertThat(written).isEqualTo(PictureScaler.PLANES * height * width);
  }

  @Test
  void shouldRefuseABufferThatItCantWriteTo() {
    SyntheticPicture picture = new SyntheticPicture(64, 64, avutil.AVCOL_SPC_BT709, false);
    InputFormat format = InputFormat.ultralytics(64, 64);
    try (FramePreparer preparer = new FramePreparer();
        DecodedFrame frame =
            new DecodedFrame(picture.frame(), Orientation.UPRIGHT, 0, 0, 0, false)) {
      assertThatThrownBy(() -> preparer.prepare(frame, format, direct(format.floats() - 1)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () -> preparer.prepare(frame, format, FloatBuffer.allocate(format.floats())))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void assertPrepared(
      SyntheticPicture picture, List<Integer> matrix, InputFormat format) {
    Orientation orientation = Orientation.of(matrix);
    FloatBuffer surrounded = direct(format.floats() + 2 * MARGIN);
    for (int i = 0; i < surrounded.capacity(); i++) {
      surrounded.put(i, CANARY);
    }
    FloatBuffer tensor = surrounded.duplicate().position(MARGIN);
    Letterbox box;
    try (FramePreparer preparer = new FramePreparer();
        DecodedFrame frame = new DecodedFrame(picture.frame(), orientation, 0, 0, 0, false)) {
      box = preparer.prepare(frame, format, tensor);
    }

    assertThat(tensor.position()).isEqualTo(MARGIN);
    for (int i = 0; i < MARGIN; i++) {
      assertThat(surrounded.get(i)).isEqualTo(CANARY);
      assertThat(surrounded.get(MARGIN + format.floats() + i)).isEqualTo(CANARY);
    }
    double range = format.unitScale() ? 1 : 255;
    double worst = 0;
    double worstPadding = 0;
    for (int plane = 0; plane < 3; plane++) {
      int colour = format.rgb() ? plane : 2 - plane;
      for (int y = 0; y < format.height(); y++) {
        for (int x = 0; x < format.width(); x++) {
          float actual = tensor.get(MARGIN + (plane * format.height() + y) * format.width() + x);
          int inX = x - box.left();
          int inY = y - box.top();
          if (inX < 0 || inX >= box.scaledWidth() || inY < 0 || inY >= box.scaledHeight()) {
            worstPadding = Math.max(worstPadding, Math.abs(actual - format.padding()));
          } else if (Math.min(inX, box.scaledWidth() - 1 - inX) >= BORDER
              && Math.min(inY, box.scaledHeight() - 1 - inY) >= BORDER) {
            double u = (inX + 0.5) / box.scaledWidth();
            double v = (inY + 0.5) / box.scaledHeight();
            double[] stored = stored(matrix, u, v);
            double expected =
                picture.rgb(stored[0] * picture.width(), stored[1] * picture.height())[colour];
            worst = Math.max(worst, Math.abs(actual / range - expected));
          }
        }
      }
    }
    assertThat(worst).isLessThan(TOLERANCE);
    assertThat(worstPadding).isZero();
  }

  /** Solves (u, v) = (a·p + c·q, b·p + d·q) for the stored point, all from 0 to 1. */
  private static double[] stored(List<Integer> matrix, double u, double v) {
    if (matrix.isEmpty()) {
      return new double[] {u, v};
    }
    double a = Integer.signum(matrix.get(0));
    double b = Integer.signum(matrix.get(1));
    double c = Integer.signum(matrix.get(3));
    double d = Integer.signum(matrix.get(4));
    double determinant = a * d - b * c;
    double fromCentreX = u - 0.5;
    double fromCentreY = v - 0.5;
    return new double[] {
      0.5 + (d * fromCentreX - c * fromCentreY) / determinant,
      0.5 + (a * fromCentreY - b * fromCentreX) / determinant
    };
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
