package io.zoetrope.detector.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.detector.boxes.Candidates;
import io.zoetrope.detector.boxes.OutputDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoders against plain loops over the same numbers. */
class OutputDecoderTest {
  private record Box(
      float left, float top, float right, float bottom, float confidence, int classId) {}

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void shouldDecodeUltralyticsAsAPlainLoopDoes(long seed) {
    Random random = new Random(seed);
    int classes = 1 + random.nextInt(90);
    int boxes = 1 + random.nextInt(3000);
    float[][] table = new float[4 + classes][boxes];
    for (int row = 0; row < table.length; row++) {
      for (int box = 0; box < boxes; box++) {
        table[row][box] = row < 4 ? random.nextFloat() * 640 : random.nextInt(20) / 20f;
      }
    }
    float confidence = random.nextInt(20) / 20f;
    List<Box> expected = new ArrayList<>();
    for (int box = 0; box < boxes; box++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        if (table[4 + c][box] > table[4 + best][box]) {
          best = c;
        }
      }
      float score = table[4 + best][box];
      if (score > confidence) {
        float halfWidth = table[2][box] / 2;
        float halfHeight = table[3][box] / 2;
        expected.add(
            new Box(
                table[0][box] - halfWidth,
                table[1][box] - halfHeight,
                table[0][box] + halfWidth,
                table[1][box] + halfHeight,
                score,
                best));
      }
    }

    List<Box> decoded = decode(new UltralyticsV8Decoder(classes, boxes), direct(table), confidence);

    assertThat(decoded).as("seed %d", seed).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void shouldDecodeYoloxAsAPlainLoopDoes(long seed) {
    Random random = new Random(seed);
    int classes = 1 + random.nextInt(90);
    int width = 32 * (1 + random.nextInt(10));
    int height = 32 * (1 + random.nextInt(10));
    float[][] table = new float[new StrideGrid(width, height).cells()][5 + classes];
    for (float[] row : table) {
      for (int column = 0; column < row.length; column++) {
        row[column] = column < 4 ? (float) random.nextGaussian() : random.nextInt(10) / 10f;
      }
    }
    float confidence = random.nextInt(10) / 10f;
    List<Box> expected = new ArrayList<>();
    int cell = 0;
    for (int stride : new int[] {8, 16, 32}) {
      for (int y = 0; y < height / stride; y++) {
        for (int x = 0; x < width / stride; x++) {
          float[] row = table[cell++];
          int best = 0;
          for (int c = 1; c < classes; c++) {
            if (row[5 + c] > row[5 + best]) {
              best = c;
            }
          }
          if (row[4] * row[5 + best] >= confidence) {
            float centreX = (row[0] + x) * stride;
            float centreY = (row[1] + y) * stride;
            float halfWidth = (float) Math.exp(row[2]) * stride / 2;
            float halfHeight = (float) Math.exp(row[3]) * stride / 2;
            expected.add(
                new Box(
                    centreX - halfWidth,
                    centreY - halfHeight,
                    centreX + halfWidth,
                    centreY + halfHeight,
                    row[4] * row[5 + best],
                    best));
          }
        }
      }
    }

    List<Box> decoded =
        decode(YoloxDecoder.raw(classes, new StrideGrid(width, height)), direct(table), confidence);

    assertThat(cell).isEqualTo(table.length);
    assertThat(decoded).as("seed %d", seed).isEqualTo(expected);
  }

  @Test
  void shouldPassScoresAtTheThresholdAsEachFamilyDoes() {
    FloatBuffer ultralytics = direct(new float[][] {{8}, {8}, {4}, {4}, {0.5f}});
    FloatBuffer yolox = direct(new float[21][6]);
    yolox.put(4, 0.5f).put(5, 1);

    assertThat(decode(new UltralyticsV8Decoder(1, 1), ultralytics, 0.5f)).isEmpty();
    assertThat(decode(YoloxDecoder.raw(1, new StrideGrid(32, 32)), yolox, 0.5f)).hasSize(1);
  }

  @Test
  void shouldReportOutputsThatAreNoNumbers() {
    FloatBuffer ultralytics = direct(new float[][] {{8}, {8}, {4}, {4}, {0.1f}, {Float.NaN}});
    FloatBuffer objectness = direct(new float[21][7]);
    objectness.put(4, Float.NaN);
    FloatBuffer score = direct(new float[21][7]);
    score.put(4, 1).put(6, Float.NaN);
    OutputDecoder yolox = YoloxDecoder.raw(2, new StrideGrid(32, 32));

    assertThatThrownBy(() -> decode(new UltralyticsV8Decoder(2, 1), ultralytics, 0.5f))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> decode(yolox, objectness, 0.5f))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> decode(yolox, score, 0.5f)).isInstanceOf(ArithmeticException.class);
  }

  private static List<Box> decode(OutputDecoder decoder, FloatBuffer output, float confidence) {
    Candidates found = new Candidates();
    decoder.decode(output, confidence, found);
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      boxes.add(
          new Box(
              found.left(i),
              found.top(i),
              found.right(i),
              found.bottom(i),
              found.confidence(i),
              found.classId(i)));
    }
    return boxes;
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
