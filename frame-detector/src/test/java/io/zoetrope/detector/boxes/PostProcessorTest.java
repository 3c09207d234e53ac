package io.zoetrope.detector.boxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.media.InputFormat;
import io.zoetrope.media.Letterbox;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostProcessorTest {
  private static final FloatBuffer NOTHING = FloatBuffer.allocate(0);
  private static final Thresholds THRESHOLDS = new Thresholds(0.25f, 0.45f);

  @Test
  void shouldMapBoxesBackToThePicture() {
    Letterbox letterbox = Letterbox.of(1280, 720, InputFormat.ultralytics(640, 640));

    List<Detection> detections =
        detect(letterbox, (output, confidence, found) -> found.add(10, 150, 110, 200, 0.5f, 3));

    assertThat(detections).containsExactly(new Detection(3, 0.5f, 20, 20, 200, 100));
  }

  @Test
  void shouldClipBoxesToThePicture() {
    Letterbox letterbox = Letterbox.of(1280, 720, InputFormat.ultralytics(640, 640));

    List<Detection> detections =
        detect(letterbox, (output, confidence, found) -> found.add(-5, 100, 700, 640, 0.5f, 0));

    assertThat(detections).containsExactly(new Detection(0, 0.5f, 0, 0, 1280, 720));
  }

  @Test
  void shouldForgetTheFrameBefore() {
    Letterbox letterbox = Letterbox.of(100, 100, InputFormat.yolox(100, 100));
    PostProcessor processor =
        new PostProcessor(
            (output, confidence, found) -> found.add(0, 0, 10, 10, 0.5f, 0),
            Suppression.WITHIN_CLASS);

    processor.detect(NOTHING, THRESHOLDS, letterbox);

    assertThat(processor.detect(NOTHING, THRESHOLDS, letterbox)).hasSize(1);
  }

  @Test
  void shouldRefuseBoxesThatAreNotFinite() {
    Letterbox letterbox = Letterbox.of(100, 100, InputFormat.yolox(100, 100));

    assertThatThrownBy(
            () ->
                detect(
                    letterbox,
                    (output, confidence, found) ->
                        found.addCentred(1, 2, Float.POSITIVE_INFINITY, 4, 0.5f, 0)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(
            () ->
                detect(
                    letterbox,
                    (output, confidence, found) -> found.addCentred(1, 2, 3, 4, Float.NaN, 0)))
        .isInstanceOf(ArithmeticException.class);
  }

  private static List<Detection> detect(Letterbox letterbox, OutputDecoder decoder) {
    return new PostProcessor(decoder, Suppression.WITHIN_CLASS)
        .detect(NOTHING, THRESHOLDS, letterbox);
  }
}
