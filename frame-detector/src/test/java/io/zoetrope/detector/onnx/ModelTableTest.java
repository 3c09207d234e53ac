package io.zoetrope.detector.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.platform.Fp16Conversions;
import io.zoetrope.detector.TinyModels;
import io.zoetrope.detector.boxes.Detection;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.detector.family.Family;
import io.zoetrope.detector.family.InputOverride;
import io.zoetrope.detector.family.PlainPostProcessing;
import io.zoetrope.detector.family.RandomTable;
import io.zoetrope.detector.family.SameDetections;
import io.zoetrope.media.InputFormat;
import io.zoetrope.media.InputFormat.Fit;
import io.zoetrope.media.Letterbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of families and inputs in {@code docs/models.md}, cell by cell: a tiny model of the
 * family with that input is recognised, asks for the right pictures, and is read as the reference
 * reads it.
 */
class ModelTableTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "models.md");
  private static final String CHANGED = "bgr,0..255,top-left";
  private static final Thresholds THRESHOLDS = new Thresholds(0.5f, 0.45f);
  private static final int CLASSES = 3;
  private static final int OPEN = 0;

  /** A square picture, which has the same place in a square input however it is fitted. */
  private static final int PICTURE = 128;

  private static final long SEED = 31;

  @TempDir Path folder;

  /** A column of the table. */
  private enum Variant {
    FIXED(1, 64, 64, DataType.FLOAT, DataType.FLOAT),
    BATCH_OF_4(4, 64, 64, DataType.FLOAT, DataType.FLOAT),
    OPEN_BATCH(OPEN, 64, 64, DataType.FLOAT, DataType.FLOAT),
    OPEN_SIZE(OPEN, OPEN, OPEN, DataType.FLOAT, DataType.FLOAT),
    NOT_SQUARE(1, 96, 64, DataType.FLOAT, DataType.FLOAT),
    FLOAT16(1, 64, 64, DataType.FLOAT16, DataType.FLOAT16),
    UINT8(1, 64, 64, DataType.UINT8, DataType.FLOAT),
    CHANGED(1, 64, 64, DataType.FLOAT, DataType.FLOAT);

    private final int batch;
    private final int width;
    private final int height;
    private final DataType input;
    private final DataType output;

    Variant(int batch, int width, int height, DataType input, DataType output) {
      this.batch = batch;
      this.width = width;
      this.height = height;
      this.input = input;
      this.output = output;
    }

    String column() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** The rows of the second table of the document, header and all, without the line between. */
  private static List<List<String>> table() throws IOException {
    List<String> lines = Files.readAllLines(DOCUMENT);
    return lines.subList(lines.indexOf("## Inputs"), lines.indexOf("## Classes")).stream()
        .filter(line -> line.startsWith("|") && !line.startsWith("|---"))
        .map(line -> Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList())
        .toList();
  }

  @Test
  void shouldBeCompleteInTheDocument() throws IOException {
    List<List<String>> expected = new ArrayList<>();
    expected.add(
        Stream.concat(Stream.of("family"), Arrays.stream(Variant.values()).map(Variant::column))
            .toList());
    for (Family family : Family.values()) {
      expected.add(
          Stream.concat(
                  Stream.of("`" + family.family() + "`"),
                  Arrays.stream(Variant.values()).map(variant -> "yes"))
              .toList());
    }

    assertThat(table()).isEqualTo(expected);
  }

  static Stream<Arguments> cells() throws IOException {
    List<List<String>> table = table();
    List<Arguments> cells = new ArrayList<>();
    for (List<String> row : table.subList(1, table.size())) {
      for (int column = 1; column < row.size(); column++) {
        if (row.get(column).equals("yes")) {
          cells.add(Arguments.of(row.get(0).replace("`", ""), table.get(0).get(column)));
        }
      }
    }
    return cells.stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void shouldDetectAsTheReferenceDoes(String familyName, String column) {
    Family family = Family.valueOf(familyName.toUpperCase(Locale.ROOT).replace('-', '_'));
    Variant variant = Variant.valueOf(column.toUpperCase(Locale.ROOT).replace(' ', '_'));
    int width = variant.width == OPEN ? openWidth(family) : variant.width;
    int height = variant.height == OPEN ? openHeight(family) : variant.height;
    float[][] table =
        family.table(new RandomTable(new Random(SEED), width, height, 50), width, height, CLASSES);
    if (variant.height == OPEN) {
      repeatOneBox(family, table);
    }
    if (variant.output == DataType.FLOAT16) {
      roundToHalves(table);
    }
    Path file = write(family, variant, table);
    boolean changed = variant == Variant.CHANGED;
    InputFormat format = format(family, variant, width, height);
    PlainPostProcessing plain =
        new PlainPostProcessing(
            width, height, PICTURE, PICTURE, THRESHOLDS.confidence(), THRESHOLDS.iou());

    List<Detection> expected = family.reference(plain, table);
    assertThat(expected).isNotEmpty();

    ModelOptions options =
        new ModelOptions(
            Optional.of("yolov7").filter(familyName::equals),
            Optional.empty(),
            changed ? InputOverride.parse(CHANGED) : InputOverride.NONE);
    try (Model model = Model.load(file, options);
        InferenceLane lane = model.newLane()) {
      assertThat(model.family()).isEqualTo(familyName);
      assertThat(model.inputFormat()).isEqualTo(format);
      assertThat(lane.batchSize()).isEqualTo(Math.max(1, variant.batch));
      lane.run();
      for (int slot = 0; slot < lane.batchSize(); slot++) {
        SameDetections.shouldBeSame(
            model
                .newPostProcessor()
                .detect(lane.output(slot), THRESHOLDS, Letterbox.of(PICTURE, PICTURE, format)),
            expected,
            "seed " + SEED + ", slot " + slot);
      }
    }
  }

  private static InputFormat format(Family family, Variant variant, int width, int height) {
    if (variant == Variant.CHANGED) {
      return new InputFormat(width, height, false, false, Fit.TOP_LEFT);
    }
    InputFormat ofFamily =
        switch (family) {
          case YOLOX, YOLOX_DECODED -> InputFormat.yolox(width, height);
          case RT_DETR -> InputFormat.stretched(width, height);
          default -> InputFormat.ultralytics(width, height);
        };
    return variant == Variant.UINT8
        ? new InputFormat(width, height, ofFamily.rgb(), false, ofFamily.fit())
        : ofFamily;
  }

  private Path write(Family family, Variant variant, float[][] table) {
    TinyModels model =
        TinyModels.model()
            .input(
                "images",
                variant.input,
                variant.batch == OPEN ? "batch" : variant.batch,
                3,
                variant.height == OPEN ? "height" : variant.height,
                variant.width == OPEN ? "width" : variant.width);
    if (family == Family.YOLOX_DECODED) {
      model.head("Exp");
    }
    metadata(family).forEach(model::metadata);
    boolean follows =
        variant.height == OPEN && family != Family.END_TO_END && family != Family.RT_DETR;
    if (follows) {
      boolean anchors = family == Family.YOLOV5 || family == Family.YOLOV7;
      float[] box = family.onItsSide() ? RandomTable.transposed(table)[0] : table[0];
      model.cells("output0", variant.output, box, anchors ? 3 : 1, !family.onItsSide());
    } else {
      float[] values = new float[table.length * table[0].length];
      IntStream.range(0, values.length)
          .forEach(i -> values[i] = table[i / table[0].length][i % table[0].length]);
      model.output("output0", variant.output, values, table.length, table[0].length);
    }
    return model.write(folder.resolve("tiny.onnx"));
  }

  private static Map<String, String> metadata(Family family) {
    String names = "{0: 'red', 1: 'green', 2: 'blue'}";
    return switch (family) {
      case ULTRALYTICS_V8 -> ultralytics("YOLOv8n", names);
      case END_TO_END -> ultralytics("YOLOv10n", names);
      case RT_DETR -> ultralytics("rtdetr-l", names);
      case YOLOV5 -> Map.of("stride", "32", "names", names);
      case YOLOV7, YOLOX, YOLOX_DECODED -> Map.of();
    };
  }

  private static Map<String, String> ultralytics(String name, String names) {
    return Map.of(
        "description",
        "Ultralytics " + name + " model trained on coco.yaml",
        "task",
        "detect",
        "names",
        names,
        "imgsz",
        "[96, 160]");
  }

  private static int openWidth(Family family) {
    return metadata(family).containsKey("imgsz") ? 160 : 640;
  }

  private static int openHeight(Family family) {
    return metadata(family).containsKey("imgsz") ? 96 : 640;
  }

  private static void repeatOneBox(Family family, float[][] table) {
    float[] box = family.onItsSide() ? RandomTable.transposed(table)[0] : table[0];
    Arrays.fill(box, 4, family == Family.END_TO_END ? 5 : box.length, 0.875f);
    for (int i = 0; i < table.length; i++) {
      if (family.onItsSide()) {
        Arrays.fill(table[i], box[i]);
      } else {
        table[i] = box;
      }
    }
  }

  private static void roundToHalves(float[][] table) {
    for (float[] row : table) {
      for (int i = 0; i < row.length; i++) {
        row[i] = Fp16Conversions.fp16ToFloat(Fp16Conversions.floatToFp16(row[i]));
      }
    }
  }
}
