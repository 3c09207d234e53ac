package io.zoetrope.cli.client;

import java.util.List;

/**
 * Consecutive frames of a run with what was detected in them, in presentation order.
 *
 * @param cursor asks for the next page; null on the last one
 */
public record DetectionPage(String runId, String modelId, List<Frame> frames, String cursor) {
  /**
   * One frame; {@code status} is PROCESSED unless something is wrong with it.
   *
   * @param ptsMicros from the first displayed frame; null where a failure left it unknown
   */
  public record Frame(long frame, Long ptsMicros, String status, List<Detection> detections) {
    public Frame {
      detections = detections == null ? List.of() : List.copyOf(detections);
    }
  }

  /**
   * One object.
   *
   * @param box x, y, width, height in pixels of the upright picture, top-left origin
   */
  public record Detection(String label, int classId, float confidence, List<Float> box) {}
}
