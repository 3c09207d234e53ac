package io.zoetrope.detector.boxes;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The boxes of one image that passed the confidence threshold, in the order of the model's rows:
 * corners in pixels of the model's input. Kept as parallel arrays that grow and are used again for
 * the next image. One thread at a time.
 */
public final class Candidates {
  private int size;
  private float[] left = new float[256];
  private float[] top = new float[256];
  private float[] right = new float[256];
  private float[] bottom = new float[256];
  private float[] confidence = new float[256];
  private int[] classId = new int[256];

  /** Forgets every box. */
  public void clear() {
    size = 0;
  }

  /** Adds the box around a centre, as YOLO heads give it. */
  public void addCentred(
      float centreX, float centreY, float width, float height, float confidence, int classId) {
    float halfWidth = width / 2;
    float halfHeight = height / 2;
    add(
        centreX - halfWidth,
        centreY - halfHeight,
        centreX + halfWidth,
        centreY + halfHeight,
        confidence,
        classId);
  }

  /**
   * Adds the box between two corners.
   *
   * @throws ArithmeticException where a number isn't finite: the model's output is broken, and to
   *     drop the box would hide it
   */
  public void add(float left, float top, float right, float bottom, float confidence, int classId) {
    if (!Float.isFinite(left + top + right + bottom + confidence)) {
      throw new ArithmeticException("a box in the model's output isn't made of finite numbers");
    }
    if (size == this.left.length) {
      grow();
    }
    this.left[size] = left;
    this.top[size] = top;
    this.right[size] = right;
    this.bottom[size] = bottom;
    this.confidence[size] = confidence;
    this.classId[size] = classId;
    size++;
  }

  /** Drops every box whose index {@code counts} refuses; the others keep their order. */
  void retain(IntPredicate counts) {
    int retained = 0;
    for (int i = 0; i < size; i++) {
      if (counts.test(i)) {
        left[retained] = left[i];
        top[retained] = top[i];
        right[retained] = right[i];
        bottom[retained] = bottom[i];
        confidence[retained] = confidence[i];
        classId[retained] = classId[i];
        retained++;
      }
    }
    size = retained;
  }

  public int size() {
    return size;
  }

  public float left(int index) {
    return left[index];
  }

  public float top(int index) {
    return top[index];
  }

  public float right(int index) {
    return right[index];
  }

  public float bottom(int index) {
    return bottom[index];
  }

  public float confidence(int index) {
    return confidence[index];
  }

  public int classId(int index) {
    return classId[index];
  }

  private void grow() {
    int capacity = 2 * size;
    left = Arrays.copyOf(left, capacity);
    top = Arrays.copyOf(top, capacity);
    right = Arrays.copyOf(right, capacity);
    bottom = Arrays.copyOf(bottom, capacity);
    confidence = Arrays.copyOf(confidence, capacity);
    classId = Arrays.copyOf(classId, capacity);
  }
}
