package io.zoetrope.detector.family;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;

/**
 * Outputs of models as they are hard to treat right: boxes in heaps, the same box twice, boxes on
 * the border, beyond it, and without any area; scores that are often equal.
 */
public final class RandomTable {
  private static final int HEAPS = 12;

  private final Random random;
  private final int width;
  private final int height;
  private final int levels;
  private final float[][] heaps = new float[HEAPS][];
  private float[] last;

  /**
   * @param width of the model's input, likewise {@code height}
   * @param levels that scores have, 0 and 1 among them: few make many equal
   */
  public RandomTable(Random random, int width, int height, int levels) {
    this.random = random;
    this.width = width;
    this.height = height;
    this.levels = levels;
    for (int i = 0; i < HEAPS; i++) {
      heaps[i] = anywhere();
    }
    last = anywhere();
  }

  /** Rows of centre, size and then {@code scores} numbers, boxes in pixels of the input. */
  public float[][] rows(int count, int scores) {
    float[][] rows = new float[count][4 + scores];
    for (float[] row : rows) {
      System.arraycopy(box(), 0, row, 0, 4);
      fillScores(row, 4);
    }
    return rows;
  }

  /** As {@link #rows}, but in fractions of the input. */
  public float[][] fractions(int count, int scores) {
    float[][] rows = rows(count, scores);
    for (float[] row : rows) {
      row[0] /= width;
      row[1] /= height;
      row[2] /= width;
      row[3] /= height;
    }
    return rows;
  }

  /** Rows as YOLOX has them raw: offsets and logarithms of sizes, in units of the stride. */
  public float[][] grid(int count, int scores) {
    float[][] rows = new float[count][4 + scores];
    for (float[] row : rows) {
      for (int i = 0; i < 4; i++) {
        row[i] = (float) random.nextGaussian() * (i < 2 ? 1 : 2);
      }
      fillScores(row, 4);
    }
    return rows;
  }

  /**
   * Rows of corners, score and class, the last quarter left over; the most confident first, or in
   * any order, as no model should give them.
   */
  public float[][] detections(int count, int classes) {
    float[][] rows = new float[count][6];
    for (int i = 0; i < count - count / 4; i++) {
      float[] box = box();
      rows[i][0] = box[0] - box[2] / 2;
      rows[i][1] = box[1] - box[3] / 2;
      rows[i][2] = box[0] + box[2] / 2;
      rows[i][3] = box[1] + box[3] / 2;
      rows[i][4] = (float) (levels - (int) ((long) levels * i / count)) / levels;
      rows[i][5] = random.nextInt(classes);
    }
    if (random.nextBoolean()) {
      Collections.shuffle(Arrays.asList(rows), random);
    }
    return rows;
  }

  /** The same table, on its side. */
  public static float[][] transposed(float[][] rows) {
    float[][] columns = new float[rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    return columns;
  }

  private void fillScores(float[] row, int from) {
    for (int i = from; i < row.length; i++) {
      row[i] = (float) random.nextInt(levels + 1) / levels;
    }
  }

  private float[] box() {
    last =
        switch (random.nextInt(10)) {
          case 0 -> last.clone();
          case 1 -> anywhere();
          case 2 -> new float[] {random.nextBoolean() ? 0 : width, height, 30, 20};
          case 3 -> new float[] {random.nextInt(width), random.nextInt(height), 0, 0};
          default -> near(heaps[random.nextInt(HEAPS)]);
        };
    return last;
  }

  private float[] anywhere() {
    return new float[] {
      (random.nextFloat() * 1.2f - 0.1f) * width,
      (random.nextFloat() * 1.2f - 0.1f) * height,
      random.nextFloat() * width / 2,
      random.nextFloat() * height / 2
    };
  }

  private float[] near(float[] box) {
    float[] moved = box.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] *= 0.9f + random.nextFloat() * 0.2f;
    }
    return moved;
  }
}
