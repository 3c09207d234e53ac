package io.zoetrope.detector.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zoetrope.detector.boxes.Detection;
import java.util.List;

/** For tests: the same detections in the same order, to 0.01 pixel and a score of 1e-5. */
public final class SameDetections {
  private static final float PIXELS = 0.01f;
  private static final float SCORE = 1e-5f;

  private SameDetections() {}

  public static void shouldBeSame(
      List<Detection> found, List<Detection> expected, String description) {
    assertThat(found).as(description).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      Detection detection = found.get(i);
      Detection other = expected.get(i);
      assertThat(detection.classId()).as(description).isEqualTo(other.classId());
      assertThat(detection.confidence())
          .as(description)
          .isCloseTo(other.confidence(), within(SCORE));
      assertThat(detection.x()).as(description).isCloseTo(other.x(), within(PIXELS));
      assertThat(detection.y()).as(description).isCloseTo(other.y(), within(PIXELS));
      assertThat(detection.width()).as(description).isCloseTo(other.width(), within(PIXELS));
      assertThat(detection.height()).as(description).isCloseTo(other.height(), within(PIXELS));
    }
  }
}
