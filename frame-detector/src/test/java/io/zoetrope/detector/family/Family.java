package io.zoetrope.detector.family;

import io.zoetrope.detector.boxes.Detection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** For tests: each family, what its tables look like, and its reference. */
public enum Family {
  ULTRALYTICS_V8,
  YOLOV5,
  YOLOV7,
  END_TO_END,
  YOLOX,
  YOLOX_DECODED,
  RT_DETR;

  /** As {@code --model-family} has it. */
  public String family() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A table over an input of this size. */
  public float[][] table(RandomTable random, int width, int height, int classes) {
    int cells = cells(width, height);
    return switch (this) {
      case ULTRALYTICS_V8 -> RandomTable.transposed(random.rows(cells, classes));
      case YOLOV5, YOLOV7 -> random.rows(3 * cells, 1 + classes);
      case END_TO_END -> random.detections(500, classes);
      case YOLOX -> random.grid(cells, 1 + classes);
      case YOLOX_DECODED -> random.rows(cells, 1 + classes);
      case RT_DETR -> random.fractions(400, classes);
    };
  }

  private static int cells(int width, int height) {
    return IntStream.of(8, 16, 32).map(s -> (width / s) * (height / s)).sum();
  }

  public List<Detection> reference(PlainPostProcessing plain, float[][] table) {
    return switch (this) {
      case ULTRALYTICS_V8 -> plain.ultralyticsV8(table);
      case YOLOV5 -> plain.yoloV5(table);
      case YOLOV7 -> plain.yoloV7(table);
      case END_TO_END -> plain.endToEnd(table);
      case YOLOX -> plain.yolox(table);
      case YOLOX_DECODED -> plain.yoloxDecoded(table);
      case RT_DETR -> plain.rtDetr(table);
    };
  }

  /** Whether a box is a column, not a row. */
  public boolean onItsSide() {
    return this == ULTRALYTICS_V8;
  }
}
