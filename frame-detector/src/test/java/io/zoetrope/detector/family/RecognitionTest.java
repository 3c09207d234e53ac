package io.zoetrope.detector.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.detector.family.ModelException.Code;
import io.zoetrope.media.InputFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecognitionTest {
  private static final Set<String> RAW_HEAD = Set.of("Sigmoid", "Concat", "Reshape", "Transpose");
  private static final Set<String> DECODED_HEAD =
      Set.of("Sigmoid", "Concat", "Reshape", "Transpose", "Add", "Mul", "Exp");
  private static final Set<String> YOLOV6_HEAD = Set.of("Sigmoid", "Concat", "Sub", "Add", "Div");

  @ParameterizedTest
  @CsvSource({
    // What the exporter of ultralytics writes decides, whatever the number of boxes.
    "YOLOv8n,     80, '', 640, 84,   8400, ultralytics-v8",
    "YOLO11s,     2,  '', 640, 6,    123,  ultralytics-v8",
    "YOLOv8n,     80, '', 64,  84,   84,   ultralytics-v8",
    "YOLOv8-p2,   3,  '', 640, 7,    34000, ultralytics-v8",
    "YOLOv10n,    80, '', 640, 300,  6,    end-to-end",
    "YOLO26n,     80, end2end, 640, 300, 6, end-to-end",
    "YOLO26n,     2,  end2end, 640, 300, 6, end-to-end",
    "YOLOv8n,     80, nms, 640, 300, 6,    end-to-end",
    "my-model,    2,  nms, 640, 2000, 6,   end-to-end",
    "my-model,    80, '', 640, 300,  6,    end-to-end",
    "my-model,    80, '', 640, 84,   8400, ultralytics-v8",
    "rtdetr-l,    80, '', 640, 300,  84,   rt-detr",
    "rtdetr-l,    2,  '', 640, 300,  6,    rt-detr",
    "YOLOv8-rtdetr, 3, '', 640, 300, 7,    rt-detr",
    "my-detr,     80, '', 640, 300,  84,   rt-detr"
  })
  void shouldBelieveTheMetadataOfUltralytics(
      String name, int classes, String inside, int size, int rows, int columns, String family) {
    assertThat(family(ultralytics(name, classes, inside), size, size, rows, columns, RAW_HEAD))
        .isEqualTo(family);
  }

  @ParameterizedTest
  @CsvSource({
    "80, 640, 25200, 85",
    "1, 640, 25200, 6",
    "3, 1280, 102000, 8",
    "4, 640, 1234, 9",
    "1, 64, 84, 6",
    "1, 64, 252, 6"
  })
  void shouldBelieveTheMetadataOfYoloV5(int classes, int size, int rows, int columns) {
    Map<String, String> metadata = Map.of("stride", "32", "names", names(classes));

    assertThat(family(metadata, size, size, rows, columns, RAW_HEAD)).isEqualTo("yolov5");
  }

  @ParameterizedTest
  @CsvSource({
    "640, 640, 84, 8400, ultralytics-v8",
    "640, 480, 7, 6300, ultralytics-v8",
    "1280, 1280, 84, 34000, ultralytics-v8",
    "640, 640, 5, 34000, ultralytics-v8",
    "416, 416, 8, 845, ultralytics-v8",
    "640, 640, 25200, 85, yolov5",
    "640, 384, 15120, 85, yolov5",
    "1280, 1280, 102000, 85, yolov5",
    "640, 640, 6000, 85, yolov5",
    "416, 416, 3549, 85, yolox",
    "640, 480, 6300, 6, yolox",
    "64, 64, 84, 6, yolox",
    "640, 640, 8500, 85, yolox",
    "640, 640, 300, 6, end-to-end",
    "640, 640, 1000, 6, end-to-end",
    "64, 64, 100, 6, end-to-end",
    "640, 640, 300, 84, rt-detr"
  })
  void shouldCountCellsWhereThereIsNoMetadata(
      int width, int height, int rows, int columns, String family) {
    assertThat(family(Map.of(), width, height, rows, columns, RAW_HEAD)).isEqualTo(family);
  }

  @Test
  void shouldTellDecodedBoxesOfYoloxByTheGraph() {
    assertThat(family(Map.of(), 416, 416, 3549, 85, DECODED_HEAD)).isEqualTo("yolox-decoded");
    assertThat(family(Map.of(), 416, 416, 3549, 85, RAW_HEAD)).isEqualTo("yolox");
  }

  @Test
  void shouldNotTakeTheDecodedBoxesOfYoloV6ForARawGrid() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> family(Map.of(), 640, 640, 8400, 85, YOLOV6_HEAD))
        .returns(Code.MODEL_UNSUPPORTED, ModelException::code);
  }

  static Stream<Arguments> ambiguous() {
    return Stream.of(
        Arguments.of(Map.of(), 64, 84, 84, RAW_HEAD, "ultralytics-v8, yolox"),
        Arguments.of(Map.of(), 64, 84, 84, DECODED_HEAD, "ultralytics-v8, yolox-decoded"),
        Arguments.of(Map.of(), 640, 25200, 6, RAW_HEAD, "yolov5, yolov7"),
        Arguments.of(
            Map.of("task", "detect", "names", names(2)),
            640,
            300,
            6,
            RAW_HEAD,
            "end-to-end, rt-detr"),
        Arguments.of(Map.of(), 416, 3549, 85, null, "yolox, yolox-decoded"));
  }

  @ParameterizedTest
  @MethodSource("ambiguous")
  void shouldRefuseToGuessBetweenFamilies(
      Map<String, String> metadata,
      int size,
      int rows,
      int columns,
      Set<String> head,
      String families) {
    ModelSignature signature =
        signature(metadata, size, size, List.of(List.of(1, rows, columns)), head);

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> recognise(signature))
        .withMessage(
            "The model m.onnx has the output [[1, %d, %d]] for a %dx%d input and could be of the families %s; say which with --model-family.",
            rows, columns, size, size, families)
        .returns(Code.MODEL_FAMILY_AMBIGUOUS, ModelException::code);
    for (String family : families.split(", ", -1)) {
      assertThat(Recognition.of(signature, Optional.of(family), Optional.empty()).family())
          .isEqualTo(family);
    }
  }

  @Test
  void shouldLetTheUserDecideFirst() {
    ModelSignature signature =
        signature(
            ultralytics("YOLOv8n", 79, ""), 64, 64, List.of(List.of(1, 84, 84)), DECODED_HEAD);

    DetectorLayout layout = Recognition.of(signature, Optional.of("yolox"), Optional.empty());

    assertThat(layout.family()).isEqualTo("yolox");
    assertThat(layout.input()).isEqualTo(InputFormat.yolox(64, 64));
    assertThat(layout.labels()).hasSize(79).startsWith("name 0");
  }

  @Test
  void shouldRefuseAFamilyThatCannotBe() {
    ModelSignature signature =
        signature(Map.of(), 640, 640, List.of(List.of(1, 84, 8401)), RAW_HEAD);

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> Recognition.of(signature, Optional.of("yolox"), Optional.empty()))
        .withMessageContaining("can't be of the family yolox: that has [b, cells, 5+classes]")
        .returns(Code.MODEL_OPTION_INVALID, ModelException::code);
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> Recognition.of(signature, Optional.of("yolo"), Optional.empty()))
        .withMessage(
            "There is no model family yolo; give one of ultralytics-v8, yolov5, yolov7, end-to-end, yolox, yolox-decoded, rt-detr.")
        .returns(Code.MODEL_OPTION_INVALID, ModelException::code);
  }

  @ParameterizedTest
  @CsvSource({
    "ultralytics-v8, 84, 8400, true",
    "yolov5, 25200, 85, true",
    "yolov7, 25200, 85, true",
    "end-to-end, 300, 6, true",
    "yolox, 8400, 85, false",
    "yolox-decoded, 8400, 85, false"
  })
  void shouldPreparePicturesAsTheFamilyDoes(
      String family, int rows, int columns, boolean asUltralytics) {
    ModelSignature signature =
        signature(Map.of(), 640, 640, List.of(List.of(1, rows, columns)), RAW_HEAD);

    assertThat(Recognition.of(signature, Optional.of(family), Optional.empty()).input())
        .isEqualTo(asUltralytics ? InputFormat.ultralytics(640, 640) : InputFormat.yolox(640, 640));
  }

  @Test
  void shouldStretchPicturesForRtDetr() {
    ModelSignature signature =
        signature(
            ultralytics("rtdetr-l", 80, ""), 640, 480, List.of(List.of(1, 300, 84)), RAW_HEAD);

    assertThat(recognise(signature).input()).isEqualTo(InputFormat.stretched(640, 480));
  }

  @Test
  void shouldTakeTheTableBesideTheRawMapsOfOlderExports() {
    List<List<Integer>> outputs =
        List.of(
            List.of(1, 25200, 85),
            List.of(1, 3, 80, 80, 85),
            List.of(1, 3, 40, 40, 85),
            List.of(1, 3, 20, 20, 85));

    assertThat(recognise(signature(Map.of(), 640, 640, outputs, RAW_HEAD)).family())
        .isEqualTo("yolov5");
  }

  @Test
  void shouldNameClassesByTheUserThenTheMetadataThenCoco() {
    ModelSignature named =
        signature(ultralytics("YOLOv8n", 3, ""), 64, 64, List.of(List.of(1, 7, 84)), RAW_HEAD);
    ModelSignature coco = signature(Map.of(), 96, 96, List.of(List.of(1, 567, 85)), RAW_HEAD);
    ModelSignature endToEnd = signature(Map.of(), 64, 64, List.of(List.of(1, 300, 6)), RAW_HEAD);
    ModelSignature unnamed = signature(Map.of(), 64, 64, List.of(List.of(1, 252, 8)), RAW_HEAD);
    Optional<List<String>> given = Optional.of(List.of("a", "b", "c"));

    assertThat(recognise(named).labels()).containsExactly("name 0", "name 1", "name 2");
    assertThat(Recognition.of(named, Optional.empty(), given).labels())
        .containsExactly("a", "b", "c");
    assertThat(Recognition.of(endToEnd, Optional.empty(), given).labels())
        .containsExactly("a", "b", "c");
    assertThat(recognise(coco).labels())
        .hasSize(80)
        .startsWith("person", "bicycle")
        .endsWith("toothbrush");
    assertThat(recognise(endToEnd).labels()).isEqualTo(recognise(coco).labels());
    assertThat(recognise(unnamed).labels()).containsExactly("class 0", "class 1", "class 2");
  }

  @Test
  void shouldRefuseNamesThatAreTooFewOrTooMany() {
    ModelSignature signature = signature(Map.of(), 96, 96, List.of(List.of(1, 567, 85)), RAW_HEAD);

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(
            () -> Recognition.of(signature, Optional.empty(), Optional.of(List.of("a", "b"))))
        .withMessage(
            "The model m.onnx has 80 classes as one of the family yolov5, but there are 2 names; give as many.")
        .returns(Code.MODEL_OPTION_INVALID, ModelException::code);
  }

  @ParameterizedTest
  @CsvSource({"segment", "pose", "obb", "classify", "semantic"})
  void shouldRefuseOtherTasksByName(String task) {
    ModelSignature signature =
        signature(
            Map.of("task", task, "names", names(1)), 64, 64, List.of(List.of(1, 37, 84)), RAW_HEAD);

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> recognise(signature))
        .withMessage(
            "The model m.onnx was made for the task %s; use one for the task detect.", task)
        .returns(Code.MODEL_UNSUPPORTED, ModelException::code);
  }

  @Test
  void shouldTellOtherTasksByTheirShapesWhereThereIsNoMetadata() {
    ModelSignature segmentation =
        signature(
            Map.of(), 640, 640, List.of(List.of(1, 116, 8400), List.of(1, 32, 160, 160)), RAW_HEAD);
    ModelSignature classification =
        signature(Map.of(), 224, 224, List.of(List.of(1, 1000)), RAW_HEAD);

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> recognise(segmentation))
        .withMessageContaining("it was made for the task segment")
        .returns(Code.MODEL_UNSUPPORTED, ModelException::code);
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> recognise(classification))
        .withMessageContaining("it was made for the task classify")
        .returns(Code.MODEL_UNSUPPORTED, ModelException::code);
  }

  @Test
  void shouldSayWhichLayoutsAreKnown() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> family(ultralytics("YOLOv8n", 2, ""), 640, 640, 84, 8400, RAW_HEAD))
        .withMessage(
            "The model m.onnx has the output [[1, 84, 8400]] for a 640x640 input and 2 class names, which is no detector that is known: ultralytics-v8 [b, 4+classes, n], yolov5 [b, 3 x cells, 5+classes], yolov7 [b, 3 x cells, 5+classes], end-to-end [b, k, 6], yolox [b, cells, 5+classes], yolox-decoded [b, cells, 5+classes] with an Exp in the graph, rt-detr [b, q, 4+classes]. Where it is one of these all the same, say so with --model-family.")
        .returns(Code.MODEL_UNSUPPORTED, ModelException::code);
  }

  @ParameterizedTest
  @CsvSource({
    "640, 640, 8401, 85",
    "640, 640, 1001, 84",
    "640, 640, 300, 83",
    "640, 640, 1001, 6",
    "640, 640, 84, 8401",
    "640, 640, 300, 4"
  })
  void shouldRefuseWhatFitsNoFamily(int width, int height, int rows, int columns) {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> family(Map.of(), width, height, rows, columns, RAW_HEAD))
        .returns(Code.MODEL_UNSUPPORTED, ModelException::code);
  }

  @Test
  void shouldRefuseNamesThatCannotBeRead() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> family(Map.of("names", "{0: 'cat"), 64, 64, 5, 84, RAW_HEAD))
        .withMessageContaining("class names in the metadata of the model m.onnx")
        .returns(Code.MODEL_INVALID, ModelException::code);
  }

  private static String family(
      Map<String, String> metadata,
      int width,
      int height,
      int rows,
      int columns,
      Set<String> head) {
    return recognise(signature(metadata, width, height, List.of(List.of(1, rows, columns)), head))
        .family();
  }

  private static DetectorLayout recognise(ModelSignature signature) {
    return Recognition.of(signature, Optional.empty(), Optional.empty());
  }

  private static ModelSignature signature(
      Map<String, String> metadata,
      int width,
      int height,
      List<List<Integer>> outputs,
      Set<String> head) {
    return new ModelSignature(
        "m.onnx", metadata, width, height, outputs, Optional.ofNullable(head));
  }

  private static Map<String, String> ultralytics(String name, int classes, String inside) {
    return Map.of(
        "description",
        "Ultralytics " + name + " model trained on rtdetr/yolo.yaml",
        "task",
        "detect",
        "stride",
        "32",
        "names",
        names(classes),
        "end2end",
        inside.equals("end2end") ? "True" : "False",
        "args",
        "{'batch': 1, 'half': False, 'nms': " + (inside.equals("nms") ? "True" : "False") + "}");
  }

  private static String names(int classes) {
    return IntStream.range(0, classes)
        .mapToObj(id -> id + ": 'name " + id + "'")
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
