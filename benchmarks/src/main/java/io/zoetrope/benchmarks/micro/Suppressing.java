package io.zoetrope.benchmarks.micro;

import io.zoetrope.detector.boxes.Detection;
import io.zoetrope.detector.boxes.PostProcessor;
import io.zoetrope.detector.boxes.Suppression;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.media.InputFormat;
import io.zoetrope.media.Letterbox;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Suppression of overlaps, and the way back to the picture. */
@State(Scope.Thread)
public class Suppressing {
  private static final Thresholds THRESHOLDS = new Thresholds(0.25f, 0.45f);
  private static final int SEED = 4;
  private static final int SIDE = 640;
  private static final int BOXES_PER_OBJECT = 10;
  private static final int CLASSES = 8;

  /** Boxes above the threshold, ten around each object. */
  @Param({"100", "1000"})
  public int boxes;

  private static final FloatBuffer NOTHING = FloatBuffer.allocate(0);
  private static final Letterbox LETTERBOX =
      Letterbox.of(1280, 720, InputFormat.ultralytics(SIDE, SIDE));

  private PostProcessor postProcessor;

  /** Scatters the boxes. */
  @Setup
  public void open() {
    Random random = new Random(SEED);
    float[][] scattered = new float[boxes][];
    float[] object = new float[4];
    for (int i = 0; i < boxes; i++) {
      if (i % BOXES_PER_OBJECT == 0) {
        object = new float[] {random.nextInt(SIDE), random.nextInt(SIDE), 40, 30};
      }
      scattered[i] = object.clone();
      for (int j = 0; j < object.length; j++) {
        scattered[i][j] += 4 * random.nextFloat();
      }
    }
    postProcessor =
        new PostProcessor(
            (output, confidence, found) -> {
              for (int i = 0; i < boxes; i++) {
                float[] box = scattered[i];
                float score = 0.3f + 0.6f * (i * 7919 % boxes) / boxes;
                int classId = i / BOXES_PER_OBJECT % CLASSES;
                found.addCentred(box[0], box[1], box[2], box[3], score, classId);
              }
            },
            Suppression.WITHIN_CLASS);
  }

  @Benchmark
  public List<Detection> suppress() {
    return postProcessor.detect(NOTHING, THRESHOLDS, LETTERBOX);
  }
}
