package io.zoetrope.detector.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.zoetrope.detector.boxes.Detection;
import io.zoetrope.detector.boxes.Thresholds;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * The reference: a detector as one would write it down from the papers, picture by picture, in
 * plain loops and doubles, sharing nothing with the code that it is compared with.
 */
final class PlainDetector implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final boolean yolox;
  private final int size;

  PlainDetector(Path model, boolean yolox, int size) throws OrtException {
    this.session = environment.createSession(model.toString());
    this.yolox = yolox;
    this.size = size;
  }

  /** Where a picture lies in the model's input. */
  private record Place(double scale, int width, int height, int left, int top) {}

  private Place place(int width, int height) {
    double scale = Math.min((double) size / width, (double) size / height);
    if (yolox) {
      return new Place(scale, (int) (width * scale), (int) (height * scale), 0, 0);
    }
    int scaledWidth = (int) Math.rint(width * scale);
    int scaledHeight = (int) Math.rint(height * scale);
    return new Place(
        scale,
        scaledWidth,
        scaledHeight,
        (int) Math.rint((size - scaledWidth) / 2.0 - 0.1),
        (int) Math.rint((size - scaledHeight) / 2.0 - 0.1));
  }

  /**
   * The model's input for a picture.
   *
   * @param picture {@code float[3][height][width]}, RGB from 0 to 255
   */
  float[] letterboxed(float[] picture, int width, int height) {
    Place place = place(width, height);
    float[] input = new float[3 * size * size];
    Arrays.fill(input, yolox ? 114 : 114 / 255f);
    for (int channel = 0; channel < 3; channel++) {
      double[] plane = resized(picture, channel, width, height, place);
      int target = yolox ? 2 - channel : channel;
      for (int y = 0; y < place.height; y++) {
        for (int x = 0; x < place.width; x++) {
          double value = plane[y * place.width + x];
          input[(target * size + place.top + y) * size + place.left + x] =
              (float) (yolox ? value : value / 255);
        }
      }
    }
    return input;
  }

  /** The model's input for a decoded picture: each plane scaled by itself, then made RGB. */
  float[] letterboxed(PlainPicture picture) {
    Place place = place(picture.width(), picture.height());
    int chromaWidth = picture.chromaWidth();
    int chromaHeight = picture.chromaHeight();
    double[] luma = resized(picture.planes().get(0), 0, picture.width(), picture.height(), place);
    double[] blue = resized(picture.planes().get(1), 0, chromaWidth, chromaHeight, place);
    double[] red = resized(picture.planes().get(2), 0, chromaWidth, chromaHeight, place);
    float[] input = new float[3 * size * size];
    Arrays.fill(input, yolox ? 114 : 114 / 255f);
    for (int y = 0; y < place.height; y++) {
      for (int x = 0; x < place.width; x++) {
        int at = y * place.width + x;
        double[] rgb = picture.rgb(luma[at], blue[at], red[at]);
        for (int channel = 0; channel < 3; channel++) {
          int target = yolox ? 2 - channel : channel;
          double value = Math.max(0, Math.min(1, rgb[channel])) * (yolox ? 255 : 1);
          input[(target * size + place.top + y) * size + place.left + x] = (float) value;
        }
      }
    }
    return input;
  }

  /**
   * What the model finds.
   *
   * @param input as {@link #letterboxed} gives it
   * @param width of the picture, likewise {@code height}
   */
  List<Detection> detect(float[] input, int width, int height, Thresholds thresholds)
      throws OrtException {
    Place place = place(width, height);
    List<double[]> boxes = yolox ? yoloxBoxes(run(input)) : ultralyticsBoxes(run(input));
    List<Detection> detections = new ArrayList<>();
    for (double[] box : suppressed(boxes, thresholds)) {
      double x1 = clip((box[0] - place.left) / place.scale, width);
      double y1 = clip((box[1] - place.top) / place.scale, height);
      double x2 = clip((box[2] - place.left) / place.scale, width);
      double y2 = clip((box[3] - place.top) / place.scale, height);
      detections.add(
          new Detection(
              (int) box[5],
              (float) box[4],
              (float) x1,
              (float) y1,
              (float) (x2 - x1),
              (float) (y2 - y1)));
    }
    return detections;
  }

  /** First across, then down. */
  private static double[] resized(
      float[] picture, int channel, int width, int height, Place place) {
    double[] across = new double[height * place.width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < place.width; x++) {
        int row = (channel * height + y) * width;
        across[y * place.width + x] = filtered(x, width, place.width, i -> picture[row + i]);
      }
    }
    double[] result = new double[place.width * place.height];
    for (int y = 0; y < place.height; y++) {
      for (int x = 0; x < place.width; x++) {
        int column = x;
        result[y * place.width + x] =
            filtered(y, height, place.height, i -> across[i * place.width + column]);
      }
    }
    return result;
  }

  /** Triangle filter, as wide as the scale asks for. */
  private static double filtered(int target, int from, int to, IntToDoubleFunction samples) {
    double ratio = (double) from / to;
    double centre = (target + 0.5) * ratio - 0.5;
    double reach = Math.max(1, ratio);
    double sum = 0;
    double weights = 0;
    for (int i = (int) Math.ceil(centre - reach); i <= centre + reach; i++) {
      double weight = 1 - Math.abs(i - centre) / reach;
      sum += weight * samples.applyAsDouble(Math.max(0, Math.min(from - 1, i)));
      weights += weight;
    }
    return sum / weights;
  }

  private float[][] run(float[] input) throws OrtException {
    long[] shape = {1, 3, size, size};
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), shape);
        OrtSession.Result result = session.run(Map.of("images", tensor))) {
      return ((float[][][]) result.get(0).getValue())[0];
    }
  }

  private static List<double[]> ultralyticsBoxes(float[][] table) {
    List<double[]> boxes = new ArrayList<>();
    for (int n = 0; n < table[0].length; n++) {
      int best = 4;
      for (int row = 5; row < table.length; row++) {
        best = table[row][n] > table[best][n] ? row : best;
      }
      boxes.add(box(table[0][n], table[1][n], table[2][n], table[3][n], table[best][n], best - 4));
    }
    return boxes;
  }

  private List<double[]> yoloxBoxes(float[][] table) {
    List<double[]> boxes = new ArrayList<>();
    for (int stride = 8; stride <= 32; stride *= 2) {
      for (int y = 0; y < size / stride; y++) {
        for (int x = 0; x < size / stride; x++) {
          float[] row = table[boxes.size()];
          int best = 5;
          for (int column = 6; column < row.length; column++) {
            best = row[column] > row[best] ? column : best;
          }
          boxes.add(
              box(
                  (row[0] + x) * stride,
                  (row[1] + y) * stride,
                  Math.exp(row[2]) * stride,
                  Math.exp(row[3]) * stride,
                  row[4] * row[best],
                  best - 5));
        }
      }
    }
    return boxes;
  }

  private static double[] box(
      double x, double y, double width, double height, double score, int classId) {
    return new double[] {
      x - width / 2, y - height / 2, x + width / 2, y + height / 2, score, classId
    };
  }

  private static List<double[]> suppressed(List<double[]> boxes, Thresholds thresholds) {
    List<double[]> rest =
        new ArrayList<>(
            boxes.stream()
                .filter(box -> box[4] > thresholds.confidence())
                .sorted(Comparator.comparing(box -> -box[4]))
                .toList());
    List<double[]> kept = new ArrayList<>();
    while (!rest.isEmpty() && kept.size() < 300) {
      double[] best = rest.remove(0);
      kept.add(best);
      rest.removeIf(other -> other[5] == best[5] && overlap(best, other) > thresholds.iou());
    }
    return kept;
  }

  private static double overlap(double[] a, double[] b) {
    double width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
    double height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
    double shared = Math.max(0, width) * Math.max(0, height);
    return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared);
  }

  private static double clip(double value, int limit) {
    return Math.max(0, Math.min(limit, value));
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
