package io.zoetrope.detector.boxes;

/** Which of the candidates of an image become detections: the last step of each family. */
public enum Suppression {
  /**
   * Greedy within each class, among the {@value NonMaximumSuppression#MOST_CONSIDERED} most
   * confident ones: Ultralytics' {@code non_max_suppression} (repositories ultralytics, yolov5 and
   * yolov7 alike).
   */
  WITHIN_CLASS_OF_THE_BEST,
  /** Greedy within each class, among all: YOLOX's {@code postprocess}. */
  WITHIN_CLASS,
  /** None, the most confident ones stay: Ultralytics' {@code RTDETRPredictor.postprocess}. */
  MOST_CONFIDENT,
  /**
   * None, the model's first ones stay, since it has sorted them: Ultralytics' {@code
   * non_max_suppression} for models that are end-to-end.
   */
  FIRST
}
