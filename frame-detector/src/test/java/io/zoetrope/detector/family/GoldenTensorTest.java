package io.zoetrope.detector.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.detector.boxes.Detection;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.media.Letterbox;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each family against its reference, on tables that are made to be hard. */
class GoldenTensorTest {
  private static final int ROUNDS = 12;

  /** Sizes of input and picture: square or not, larger or smaller. */
  private static final int[][] SIZES = {
    {64, 64, 64, 64},
    {320, 192, 1280, 720},
    {192, 320, 361, 203},
    {416, 416, 333, 1000},
    {640, 384, 3840, 2160},
    {320, 320, 50, 30}
  };

  static Stream<Arguments> cases() {
    return Arrays.stream(Family.values())
        .flatMap(
            family ->
                IntStream.range(0, ROUNDS).mapToObj(round -> Arguments.of(family, 1000L + round)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldDetectWhatTheReferenceDetects(Family family, long seed) {
    Random random = new Random(seed);
    int[] size = SIZES[random.nextInt(SIZES.length)];
    int classes = List.of(1, 2, 80).get(random.nextInt(3));
    int levels = List.of(4, 50, 1 << 20).get(random.nextInt(3));
    PlainPostProcessing plain =
        new PlainPostProcessing(
            size[0],
            size[1],
            size[2],
            size[3],
            List.of(0f, 0.25f, 0.5f, 0.9f).get(random.nextInt(4)),
            List.of(0.3f, 0.45f, 0.7f).get(random.nextInt(3)));
    float[][] table =
        family.table(new RandomTable(random, size[0], size[1], levels), size[0], size[1], classes);

    shouldAgree(family, plain, table, "seed " + seed + ", " + plain + ", classes " + classes);
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void shouldStopAtThreeHundredAsTheReferenceDoes(Family family) {
    long seed = 77;
    PlainPostProcessing plain = new PlainPostProcessing(640, 640, 1280, 720, 0.01f, 0.95f);
    float[][] table =
        family.table(new RandomTable(new Random(seed), 640, 640, 1 << 20), 640, 640, 80);

    List<Detection> found = shouldAgree(family, plain, table, "seed " + seed);

    assertThat(found).hasSize(300);
  }

  @ParameterizedTest
  @EnumSource(
      value = Family.class,
      names = {"YOLOV5", "YOLOV7"})
  void shouldLookAtNoMoreThanThirtyThousandBoxes(Family family) {
    long seed = 78;
    Random random = new Random(seed);
    // One heap of 30,000 better boxes, so that nothing is left of 300 when the rest is cut off.
    float[][] table = new float[3 * 17 * 640][];
    for (int i = 0; i < table.length; i++) {
      boolean better = i % 34 != 0;
      table[i] =
          new float[] {
            better ? 600 : random.nextInt(1024),
            better ? 600 : random.nextInt(1024),
            20,
            20,
            better ? 0.9f + random.nextFloat() / 100 : 0.5f,
            0.9f,
            0.5f
          };
    }
    PlainPostProcessing plain = new PlainPostProcessing(1024, 1280, 1024, 1280, 0.1f, 0.45f);
    assertThat(table.length).isEqualTo(32_640);

    assertThat(shouldAgree(family, plain, table, "seed " + seed)).hasSizeLessThan(300);
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void shouldTakeScoresAtTheThresholdAsTheReferenceDoes(Family family) {
    PlainPostProcessing plain = new PlainPostProcessing(64, 64, 64, 64, 0.5f, 0.45f);
    float[][] boxesAtTheThreshold =
        switch (family) {
          case YOLOV5, YOLOV7, YOLOX, YOLOX_DECODED ->
              new float[][] {{1, 1, 1, 1, 0.5f, 1, 0}, {1, 1, 1, 1, 1, 0.5f, 0}};
          case ULTRALYTICS_V8, END_TO_END, RT_DETR -> new float[][] {{1, 1, 1, 1, 0.5f, 0}};
        };
    boolean atLeast = family == Family.YOLOX || family == Family.YOLOX_DECODED;
    for (float[] box : boxesAtTheThreshold) {
      float[][] table = zeros(family.table(new RandomTable(new Random(1), 64, 64, 4), 64, 64, 2));
      for (int number = 0; number < box.length; number++) {
        set(family, table, 7, number, box[number]);
      }

      assertThat(shouldAgree(family, plain, table, Arrays.toString(box))).hasSize(atLeast ? 1 : 0);
    }
  }

  @Test
  void shouldChooseTheClassByTheProductOrTheScoreAsTheReferenceDoes() {
    // So small that the products are rounded to the same number.
    float[][] table = new float[63][7];
    table[3] = new float[] {8, 8, 4, 4, 4 * Float.MIN_VALUE, 0.9f, 0.95f};
    float[][] decoded = Arrays.copyOf(table, 21);
    PlainPostProcessing plain = new PlainPostProcessing(32, 32, 32, 32, 0, 0.45f);

    assertThat(shouldAgree(Family.YOLOV5, plain, table, "products"))
        .extracting(Detection::classId)
        .containsExactly(0);
    assertThat(shouldAgree(Family.YOLOX_DECODED, plain, decoded, "scores").get(0).classId())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void shouldFindNothingInZeros(Family family) {
    float[][] table = zeros(family.table(new RandomTable(new Random(1), 64, 64, 4), 64, 64, 3));
    PlainPostProcessing plain = new PlainPostProcessing(64, 64, 64, 64, 0.25f, 0.45f);

    assertThat(shouldAgree(family, plain, table, "zeros")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Family.class,
      names = {"ULTRALYTICS_V8", "YOLOV5", "YOLOV7", "YOLOX_DECODED", "RT_DETR"})
  void shouldNotDependOnTheOrderOfBoxesWithDifferentScores(Family family) {
    long seed = 79;
    Random random = new Random(seed);
    PlainPostProcessing plain = new PlainPostProcessing(320, 192, 640, 360, 0.5f, 0.45f);
    float[][] table = family.table(new RandomTable(random, 320, 192, 1 << 24), 320, 192, 1);
    List<float[]> boxes =
        new ArrayList<>(Arrays.asList(family.onItsSide() ? RandomTable.transposed(table) : table));
    Collections.shuffle(boxes, random);
    float[][] shuffled = boxes.toArray(float[][]::new);

    assertThat(
            detect(family, plain, family.onItsSide() ? RandomTable.transposed(shuffled) : shuffled))
        .as("seed %d", seed)
        .isEqualTo(detect(family, plain, table))
        .isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void shouldReportEveryNumberOfABoxThatIsNone(Family family) {
    PlainPostProcessing plain = new PlainPostProcessing(64, 64, 64, 64, 0.25f, 0.45f);
    for (float none : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[][] sample = family.table(new RandomTable(new Random(5), 64, 64, 4), 64, 64, 3);
      int numbers = family.onItsSide() ? sample.length : sample[0].length;
      for (int number = 0; number < numbers; number++) {
        float[][] table = zeros(sample);
        for (int other = 0; other < numbers; other++) {
          set(family, table, 7, other, 0.9f);
        }
        assertThat(detect(family, plain, table)).hasSize(1);
        set(family, table, 7, number, none);

        assertThatThrownBy(() -> detect(family, plain, table))
            .as("%s as number %d", none, number)
            .isInstanceOf(ArithmeticException.class);
      }
    }
  }

  @Test
  void shouldReportAClassThatTheModelDoesNotHave() {
    PlainPostProcessing plain = new PlainPostProcessing(64, 64, 64, 64, 0.25f, 0.45f);
    for (float label : new float[] {80, -1}) {
      float[][] table = {{1, 1, 9, 9, 0.5f, label}};

      assertThatThrownBy(() -> detect(Family.END_TO_END, plain, table))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("but only 80 classes have names");
    }
  }

  private static float[][] zeros(float[][] like) {
    return new float[like.length][like[0].length];
  }

  private static void set(Family family, float[][] table, int box, int number, float value) {
    if (family.onItsSide()) {
      table[number][box] = value;
    } else {
      table[box][number] = value;
    }
  }

  private static List<Detection> shouldAgree(
      Family family, PlainPostProcessing plain, float[][] table, String description) {
    List<Detection> expected = family.reference(plain, table);

    List<Detection> found = detect(family, plain, table);

    SameDetections.shouldBeSame(found, expected, description);
    return found;
  }

  private static List<Detection> detect(Family family, PlainPostProcessing sizes, float[][] table) {
    ModelSignature signature =
        new ModelSignature(
            "golden.onnx",
            Map.of(),
            sizes.inputWidth(),
            sizes.inputHeight(),
            List.of(List.of(1, table.length, table[0].length)),
            Optional.empty());
    DetectorLayout layout =
        Recognition.of(signature, Optional.of(family.family()), Optional.empty());
    return layout
        .newPostProcessor()
        .detect(
            direct(table),
            new Thresholds(sizes.confidence(), sizes.iou()),
            Letterbox.of(sizes.width(), sizes.height(), layout.input()));
  }

  private static FloatBuffer direct(float[][] table) {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(Float.BYTES * table.length * table[0].length)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (float[] row : table) {
      buffer.put(row);
    }
    return buffer.clear();
  }
}
