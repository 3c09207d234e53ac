package io.zoetrope.detector.family;

import io.zoetrope.detector.boxes.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The published post-processing of each family, written down from its definition line by line:
 * slow, straight, in float32 as PyTorch computes, and sharing nothing with the code that it is
 * compared with. Only where the references let boxes reach beyond the picture they are clipped, as
 * detections always are; and classes are kept apart by comparing them, not by an offset.
 *
 * @param inputWidth of the model's input in pixels, likewise {@code inputHeight}
 * @param width of the picture in pixels, likewise {@code height}
 */
public record PlainPostProcessing(
    int inputWidth, int inputHeight, int width, int height, float confidence, float iou) {
  private static final int MAX_DET = 300;
  private static final int MAX_NMS = 30000;

  private record Box(float x1, float y1, float x2, float y2, float score, int label) {}

  /** Package ultralytics, {@code utils/nms.py}, {@code non_max_suppression}: table[4+nc][n]. */
  public List<Detection> ultralyticsV8(float[][] table) {
    List<Box> candidates = new ArrayList<>();
    for (int n = 0; n < table[0].length; n++) {
      int label = 0;
      for (int c = 0; c < table.length - 4; c++) {
        if (table[4 + c][n] > table[4 + label][n]) {
          label = c;
        }
      }
      float score = table[4 + label][n];
      if (score > confidence) {
        candidates.add(centred(table[0][n], table[1][n], table[2][n], table[3][n], score, label));
      }
    }
    return scaled(suppressed(mostConfident(candidates, MAX_NMS)));
  }

  /** Repository yolov5, {@code utils/general.py}, {@code non_max_suppression}: table[n][5+nc]. */
  public List<Detection> yoloV5(float[][] table) {
    return anchors(table, false);
  }

  /** Repository yolov7, the same function, which has a case of its own for one class. */
  public List<Detection> yoloV7(float[][] table) {
    return anchors(table, table[0].length - 5 == 1);
  }

  private List<Detection> anchors(float[][] table, boolean takeObjectness) {
    List<Box> candidates = new ArrayList<>();
    for (float[] x : table) {
      if (!(x[4] > confidence)) {
        continue;
      }
      float[] products = new float[x.length - 5];
      for (int c = 0; c < products.length; c++) {
        products[c] = takeObjectness ? x[4] : x[5 + c] * x[4];
      }
      int label = 0;
      for (int c = 0; c < products.length; c++) {
        if (products[c] > products[label]) {
          label = c;
        }
      }
      if (products[label] > confidence) {
        candidates.add(centred(x[0], x[1], x[2], x[3], products[label], label));
      }
    }
    return scaled(suppressed(mostConfident(candidates, MAX_NMS)));
  }

  /** Package ultralytics, {@code non_max_suppression}, end-to-end models: table[k][6]. */
  public List<Detection> endToEnd(float[][] table) {
    List<Box> output = new ArrayList<>();
    for (float[] row : table) {
      if (row[4] > confidence && output.size() < MAX_DET) {
        output.add(new Box(row[0], row[1], row[2], row[3], row[4], (int) row[5]));
      }
    }
    // The models have sorted them; detections are by descending confidence in any case.
    return scaled(mostConfident(output, MAX_DET));
  }

  /**
   * Package ultralytics, {@code models/rtdetr/predict.py}, {@code RTDETRPredictor.postprocess}:
   * table[q][4+nc], boxes from 0 to 1.
   */
  public List<Detection> rtDetr(float[][] table) {
    List<Box> output = new ArrayList<>();
    for (float[] row : table) {
      int label = 0;
      for (int c = 0; c < row.length - 4; c++) {
        if (row[4 + c] > row[4 + label]) {
          label = c;
        }
      }
      if (row[4 + label] > confidence) {
        output.add(centred(row[0], row[1], row[2], row[3], row[4 + label], label));
      }
    }
    return mostConfident(output, MAX_DET).stream()
        .map(
            box -> detection(box, box.x1 * width, box.y1 * height, box.x2 * width, box.y2 * height))
        .toList();
  }

  /**
   * Repository YOLOX, {@code yolo_head.py}, {@code decode_outputs}, then {@link #yoloxDecoded}:
   * table[n][5+nc].
   */
  public List<Detection> yolox(float[][] table) {
    float[][] decoded = new float[table.length][];
    int cell = 0;
    for (int stride : new int[] {8, 16, 32}) {
      for (int y = 0; y < inputHeight / stride; y++) {
        for (int x = 0; x < inputWidth / stride; x++) {
          float[] row = table[cell].clone();
          row[0] = (row[0] + x) * stride;
          row[1] = (row[1] + y) * stride;
          row[2] = (float) Math.exp(row[2]) * stride;
          row[3] = (float) Math.exp(row[3]) * stride;
          decoded[cell++] = row;
        }
      }
    }
    return yoloxDecoded(decoded);
  }

  /** Repository YOLOX, {@code yolox/utils/boxes.py}, {@code postprocess}: table[n][5+nc]. */
  public List<Detection> yoloxDecoded(float[][] table) {
    List<Box> detections = new ArrayList<>();
    for (float[] row : table) {
      int label = 0;
      for (int c = 0; c < row.length - 5; c++) {
        if (row[5 + c] > row[5 + label]) {
          label = c;
        }
      }
      float score = row[4] * row[5 + label];
      if (score >= confidence) {
        detections.add(centred(row[0], row[1], row[2], row[3], score, label));
      }
    }
    double ratio = Math.min((double) inputHeight / height, (double) inputWidth / width);
    return suppressed(detections).stream()
        .map(box -> detection(box, box.x1 / ratio, box.y1 / ratio, box.x2 / ratio, box.y2 / ratio))
        .toList();
  }

  /** {@code xywh2xyxy}. */
  private static Box centred(float x, float y, float w, float h, float score, int label) {
    return new Box(x - w / 2, y - h / 2, x + w / 2, y + h / 2, score, label);
  }

  private static List<Box> mostConfident(List<Box> boxes, int limit) {
    return boxes.stream().sorted(Comparator.comparing(box -> -box.score)).limit(limit).toList();
  }

  /** {@code torchvision.ops.nms} within each class; what stands is in the order of the scores. */
  private List<Box> suppressed(List<Box> boxes) {
    List<Box> rest = new ArrayList<>(mostConfident(boxes, boxes.size()));
    List<Box> kept = new ArrayList<>();
    while (!rest.isEmpty() && kept.size() < MAX_DET) {
      Box best = rest.remove(0);
      kept.add(best);
      rest.removeIf(other -> other.label == best.label && overlap(best, other) > iou);
    }
    return kept;
  }

  private static float overlap(Box a, Box b) {
    float areaA = (a.x2 - a.x1) * (a.y2 - a.y1);
    float areaB = (b.x2 - b.x1) * (b.y2 - b.y1);
    float w = Math.max(0, Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1));
    float h = Math.max(0, Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1));
    float inter = w * h;
    return inter / (areaA + areaB - inter);
  }

  /** Package ultralytics, {@code utils/ops.py}, {@code scale_boxes}. */
  private List<Detection> scaled(List<Box> boxes) {
    double gain = Math.min((double) inputHeight / height, (double) inputWidth / width);
    long padX = Math.round(Math.rint((inputWidth - Math.rint(width * gain)) / 2 - 0.1));
    long padY = Math.round(Math.rint((inputHeight - Math.rint(height * gain)) / 2 - 0.1));
    return boxes.stream()
        .map(
            box ->
                detection(
                    box,
                    (box.x1 - padX) / gain,
                    (box.y1 - padY) / gain,
                    (box.x2 - padX) / gain,
                    (box.y2 - padY) / gain))
        .toList();
  }

  private Detection detection(Box box, double x1, double y1, double x2, double y2) {
    double left = Math.min(Math.max(x1, 0), width);
    double top = Math.min(Math.max(y1, 0), height);
    double right = Math.min(Math.max(x2, 0), width);
    double bottom = Math.min(Math.max(y2, 0), height);
    return new Detection(
        box.label,
        box.score,
        (float) left,
        (float) top,
        (float) (right - left),
        (float) (bottom - top));
  }
}
