package io.zoetrope.topology.query;

import io.zoetrope.events.FrameStatus;
import java.util.List;

/**
 * Frames of a run in the order in which they are shown.
 *
 * @param cursor for the next page; null on the last
 */
public record DetectionPage(
    String videoId, String runId, String modelId, List<Frame> frames, String cursor) {

  /**
   * One expected frame.
   *
   * @param frame its index within the split
   * @param ptsMicros from the first displayed frame; null where a failure left it unknown
   * @param failure code of what it failed with; null unless it failed
   * @param width of the upright picture in pixels; 0 where there is none
   * @param height of the upright picture in pixels; 0 where there is none
   * @param detections by descending confidence
   */
  public record Frame(
      long frame,
      Long ptsMicros,
      FrameStatus status,
      String failure,
      int width,
      int height,
      List<Found> detections) {}

  /** One object. */
  public record Found(String label, int classId, float confidence, Box box) {}

  /** In pixels of the upright picture, origin top left. */
  public record Box(float x, float y, float width, float height) {}
}
