package io.zoetrope.detector.onnx;

import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a model may take of the machine.
 *
 * @param size most bytes of its file; no more than the 2 GiB that ONNX can have in one file
 * @param memory most bytes that it may take in its trial, the file included
 * @param time longest that its trial may take, two runs of the model
 */
public record ModelLimits(long size, long memory, Duration time) {
  /**
   * The largest YOLO files, of 16 bit to 32 bit floats, are a few hundred MB; batches of 16 at 1280
   * pixels stay under 4 GiB, and a minute, on one core.
   */
  public static final ModelLimits DEFAULT =
      new ModelLimits(1L << 30, 4L << 30, Duration.ofSeconds(60));

  public ModelLimits {
    if (size <= 0 || memory <= 0 || time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("limits have to be more than 0");
    }
    size = Math.min(size, Integer.MAX_VALUE);
  }

  void requireSize(Path path, long actual) {
    if (actual > size) {
      throw new ModelException(
          Code.MODEL_TOO_LARGE,
          "The model file %s has %s, more than the %s of models.limits.size; give a smaller model, or raise that."
              .formatted(path, text(actual), text(size)));
    }
  }

  private static String text(long bytes) {
    return bytes < 10_000_000 ? bytes / 1000 + " kB" : bytes / 1_000_000 + " MB";
  }
}
