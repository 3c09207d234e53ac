package io.zoetrope.benchmarks.micro;

import io.zoetrope.detector.boxes.Candidates;
import io.zoetrope.detector.boxes.OutputDecoder;
import io.zoetrope.detector.family.ModelSignature;
import io.zoetrope.detector.family.Recognition;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A model's output table into candidates: 80 classes, mostly background, one box in 200 passes. It
 * lies in direct memory, as ONNX Runtime's does.
 */
@State(Scope.Thread)
public class Decoding {
  private static final float CONFIDENCE = 0.25f;
  private static final int SEED = 4;
  private static final int BOXES_PER_HIT = 200;

  /** The tables of a 640, a 416 and a 640 pixel input. */
  private enum Table {
    YOLOV8("ultralytics-v8", 640, 84, 8400),
    YOLOX("yolox", 416, 3549, 85),
    YOLOV5("yolov5", 640, 25200, 85);

    private final String family;
    private final int side;
    private final int rows;
    private final int columns;

    Table(String family, int side, int rows, int columns) {
      this.family = family;
      this.side = side;
      this.rows = rows;
      this.columns = columns;
    }
  }

  /** A family, and the shape of its table. */
  @Param({"YOLOV8", "YOLOX", "YOLOV5"})
  public String family;

  private final Candidates candidates = new Candidates();
  private OutputDecoder decoder;
  private FloatBuffer output;

  /** Fills the table. */
  @Setup
  public void open() {
    Table table = Table.valueOf(family);
    ModelSignature signature =
        new ModelSignature(
            family,
            Map.of(),
            table.side,
            table.side,
            List.of(List.of(1, table.rows, table.columns)),
            Optional.empty());
    decoder =
        Recognition.of(signature, Optional.of(table.family), Optional.empty()).decoders().get();
    output =
        ByteBuffer.allocateDirect(table.rows * table.columns * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    Random random = new Random(SEED);
    boolean boxesAreColumns = table.columns > table.rows;
    for (int row = 0; row < table.rows; row++) {
      for (int column = 0; column < table.columns; column++) {
        int box = boxesAreColumns ? column : row;
        int field = boxesAreColumns ? row : column;
        boolean hit = box % BOXES_PER_HIT == 0;
        output.put(random.nextFloat() * (hit ? 1 : CONFIDENCE / 2) + (field < 4 ? 1 : 0));
      }
    }
    output.flip();
  }

  @Benchmark
  public Candidates decode() {
    candidates.clear();
    decoder.decode(output, CONFIDENCE, candidates);
    return candidates;
  }
}
