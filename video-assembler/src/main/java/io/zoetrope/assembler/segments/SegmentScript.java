package io.zoetrope.assembler.segments;

import io.zoetrope.batches.BatchException;
import io.zoetrope.events.AnnotatedFrame;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.events.SegmentRequested;
import java.util.List;

/**
 * What a segment shows, frame by frame.
 *
 * @param firstFrame index within the split of the first expected frame
 * @param before frames that only trails come from
 * @param frames every expected frame of the segment
 */
record SegmentScript(
    long firstFrame,
    SceneComposer composer,
    List<AnnotatedFrame> before,
    List<AnnotatedFrame> frames) {
  /**
   * From a request that may come from anywhere.
   *
   * @throws BatchException {@code SEGMENT_INVALID} where it isn't whole
   */
  static SegmentScript of(SegmentRequested request) {
    long first = request.getBatch().getFirstFrame();
    int expected = request.getBatch().getExpectedFrames();
    List<AnnotatedFrame> all = request.getFrames();
    int leading = Math.max(0, all.size() - expected);
    for (int i = 0; i < expected; i++) {
      require(
          all.size() >= expected && all.get(leading + i).getFrame() == first + i,
          "It doesn't tell what is on frame " + (first + i) + ".");
    }
    all.forEach(frame -> check(frame, request));
    return new SegmentScript(
        first,
        new SceneComposer(request.getStyle(), request.getLabels()),
        all.subList(0, leading),
        all.subList(leading, all.size()));
  }

  private static void check(AnnotatedFrame frame, SegmentRequested request) {
    boolean sized = frame.getWidth() > 0 && frame.getHeight() > 0;
    require(
        frame.getObjects().isEmpty() || sized,
        "Frame " + frame.getFrame() + " has objects but no size.");
    int labels = request.getLabels().size();
    require(
        frame.getObjects().stream()
            .allMatch(object -> object.getClassId() >= 0 && object.getClassId() < labels),
        "Frame " + frame.getFrame() + " has an object without a label.");
    require(
        frame.getZones().isEmpty()
            || frame.getZones().size() == request.getStyle().getZones().size(),
        "Frame " + frame.getFrame() + " counts other zones than the style has.");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new BatchException("SEGMENT_INVALID", message);
    }
  }

  static boolean isDetectedIn(AnnotatedFrame frame) {
    return frame.getStatus() == FrameStatus.PROCESSED || frame.getStatus() == FrameStatus.DAMAGED;
  }
}
