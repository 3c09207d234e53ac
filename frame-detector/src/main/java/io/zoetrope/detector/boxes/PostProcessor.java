package io.zoetrope.detector.boxes;

import io.zoetrope.media.Letterbox;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * From a model's raw output to the detections of a frame. Keeps scratch space for the next frame;
 * one thread at a time.
 */
public final class PostProcessor {
  /** Detections that one frame can have. */
  public static final int MAX_DETECTIONS = 300;

  private final OutputDecoder decoder;
  private final Suppression rule;
  private final Candidates candidates = new Candidates();
  private final NonMaximumSuppression suppression = new NonMaximumSuppression(MAX_DETECTIONS);

  public PostProcessor(OutputDecoder decoder, Suppression rule) {
    this.decoder = decoder;
    this.rule = rule;
  }

  /** Every detection of one image that passes {@code thresholds}; else as the other. */
  public List<Detection> detect(FloatBuffer output, Thresholds thresholds, Letterbox letterbox) {
    return detect(output, Criteria.of(thresholds), letterbox);
  }

  /**
   * The detections of one image, by descending confidence.
   *
   * @param output of one image, as {@link OutputDecoder} takes it
   * @param criteria that the boxes have to meet
   * @param letterbox how the picture lies in the model's input
   * @throws ArithmeticException where the output holds a box that isn't made of finite numbers
   */
  public List<Detection> detect(FloatBuffer output, Criteria criteria, Letterbox letterbox) {
    candidates.clear();
    decoder.decode(output, criteria.classes().lowest(), candidates);
    criteria.classes().retain(candidates, decoder);
    int standing = suppression.suppress(candidates, rule, criteria.iou());
    List<Detection> detections = new ArrayList<>(standing);
    for (int rank = 0; rank < standing; rank++) {
      Detection detection = inPicture(suppression.kept(rank), letterbox);
      if (criteria
          .places()
          .accepts(detection, letterbox.pictureWidth(), letterbox.pictureHeight())) {
        detections.add(detection);
      }
    }
    return detections;
  }

  private Detection inPicture(int index, Letterbox letterbox) {
    double left = letterbox.toPictureX(candidates.left(index));
    double top = letterbox.toPictureY(candidates.top(index));
    double right = letterbox.toPictureX(candidates.right(index));
    double bottom = letterbox.toPictureY(candidates.bottom(index));
    return new Detection(
        candidates.classId(index),
        candidates.confidence(index),
        (float) left,
        (float) top,
        (float) (right - left),
        (float) (bottom - top));
  }
}
