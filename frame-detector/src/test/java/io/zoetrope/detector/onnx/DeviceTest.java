package io.zoetrope.detector.onnx;

import static io.zoetrope.detector.TestModels.tiny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import io.zoetrope.detector.boxes.Detection;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import io.zoetrope.detector.onnx.Device.Kind;
import io.zoetrope.media.InputFormat;
import io.zoetrope.media.Letterbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceTest {
  private static final Path COLOURS = tiny("colours-v8.onnx");

  @ParameterizedTest
  @CsvSource({
    "CUDA, CUDA, ZOETROPE_PROFILE=gpu",
    "TENSORRT, TENSOR_RT, TensorRT 10",
    "OPENVINO, OPEN_VINO, --use_openvino --build_java",
    "COREML, CORE_ML, macOS"
  })
  void shouldSayInASentenceHowToGetADeviceThatThisBuildHasNot(
      Kind kind, OrtProvider provider, String remedy) {
    assumeFalse(
        OrtEnvironment.getAvailableProviders().contains(provider),
        () -> "this build of ONNX Runtime has " + kind);

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> load(on(kind)))
        .returns(Code.DEVICE_UNAVAILABLE, ModelException::code)
        .withMessageStartingWith("This build has no " + kind + ": ")
        .withMessageContaining(remedy)
        .withMessageEndingWith(".");
  }

  @Test
  void shouldTakeTheCpuWhereNothingElseWorksAndSayWhy() {
    assumeFalse(
        OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA),
        "this build of ONNX Runtime has CUDA");

    try (Model model = load(on(Kind.AUTO))) {
      assertThat(model.device().kind()).isEqualTo(Kind.CPU);
      assertThat(model.passedOver()).hasSize(3).allMatch(sentence -> sentence.endsWith("."));
      assertThat(model.passedOver().get(0)).contains("cuda");
    }
  }

  @Test
  void shouldBeTheSameModelOnEveryDevice() {
    try (Model model = load(on(Kind.AUTO))) {
      assertThat(model.id()).isEqualTo(Model.idOf(COLOURS, ModelOptions.DEFAULT));
    }
  }

  @Test
  void shouldTryTheNextDeviceWhereOnnxRuntimeFails() {
    List<Kind> tried = new ArrayList<>();
    OrtException noDriver =
        new OrtException(OrtException.OrtErrorCode.ORT_FAIL, "no driver\nat somewhere");

    try (Model model =
        DeviceChoice.load(
            "a.onnx",
            on(Kind.AUTO),
            (device, passedOver) -> {
              tried.add(device.kind());
              if (device.kind() != Kind.CPU) {
                throw new ModelException(Code.MODEL_INVALID, "broken", noDriver);
              }
              assertThat(passedOver.get(0))
                  .startsWith(
                      "The model a.onnx doesn't run on cuda:0 (no driver); have an NVIDIA driver")
                  .endsWith(", or take --device cpu.");
              return load(device);
            })) {
      assertThat(model.device().kind()).isEqualTo(Kind.CPU);
    }
    assertThat(tried).containsExactly(Kind.CUDA, Kind.COREML, Kind.OPENVINO, Kind.CPU);
  }

  @Test
  void shouldNotTryOtherDevicesForAModelThatIsNone() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(
            () ->
                DeviceChoice.load(
                    "a.onnx",
                    on(Kind.AUTO),
                    (device, passedOver) -> {
                      assertThat(device.kind()).isEqualTo(Kind.CUDA);
                      throw new ModelException(Code.MODEL_UNSUPPORTED, "no detector");
                    }))
        .withMessage("no detector");
  }

  @Test
  void shouldLeaveWhatOnnxRuntimeSaysOnTheCpuToTheModel() {
    OrtException cause = new OrtException(OrtException.OrtErrorCode.ORT_FAIL, "nonsense");

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(
            () ->
                DeviceChoice.load(
                    "a.onnx",
                    Device.CPU,
                    (device, passedOver) -> {
                      throw new ModelException(Code.MODEL_INVALID, "broken", cause);
                    }))
        .returns(Code.MODEL_INVALID, ModelException::code);
  }

  @ParameterizedTest
  @CsvSource({"1", "3", "8"})
  void shouldFindTheSameInEverySlotHoweverManyAreFilled(int batchSize) {
    try (Model model = load(cpu(batchSize));
        InferenceLane lane = model.newLane()) {
      assertThat(lane.batchSize()).isEqualTo(batchSize);
      for (int filled = 1; filled <= batchSize; filled++) {
        for (int slot = 0; slot < filled; slot++) {
          lane.input(slot).put(0, new float[3 * 64 * 64]);
          paint(lane, slot, filled);
        }
        lane.run(filled);
        for (int slot = 0; slot < filled; slot++) {
          assertThat(detections(model, lane, slot))
              .containsExactly(new Detection(filled % 3, 1, 8 * slot, 0, 8, 8));
        }
      }
    }
  }

  @Test
  void shouldRefuseABatchThatTheModelDoesNotTake() {
    Device eight = cpu(8);

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(
            () ->
                Model.load(tiny("colours-v8-batch4.onnx"), ModelOptions.DEFAULT.withDevice(eight)))
        .returns(Code.MODEL_OPTION_INVALID, ModelException::code)
        .withMessage(
            "The model colours-v8-batch4.onnx takes 4 pictures in a run, neither more nor fewer; leave --batch-size out, or export it with a dynamic batch.");
  }

  @Test
  void shouldTakeWholeBatchesWhereAnyOtherWouldBeCompiledAnew() {
    assertThat(on(Kind.CUDA).takesAnyNumber()).isTrue();
    assertThat(on(Kind.TENSORRT).takesAnyNumber()).isFalse();
    assertThat(on(Kind.CUDA).openBatch()).isEqualTo(8);
    assertThat(on(Kind.CPU).openBatch()).isEqualTo(1);
  }

  @Test
  void shouldNameItselfAsPeopleDo() {
    assertThat(Device.CPU).hasToString("cpu");
    assertThat(on(Kind.CUDA)).hasToString("cuda:0");
    assertThat(new Device(Kind.TENSORRT, Optional.of(1), true, Optional.empty(), Optional.empty()))
        .hasToString("tensorrt:1 in float16");
    assertThat(on(Kind.OPENVINO)).hasToString("openvino");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CPU", "CUDA", "OPENVINO"})
  void shouldRefuseFloat16WhereThereIsNone(Kind kind) {
    assertThatThrownBy(
            () -> new Device(kind, Optional.empty(), true, Optional.empty(), Optional.empty()))
        .hasMessage(
            kind + " has no float16 of its own; export the model in float16, or take tensorrt");
  }

  @Test
  void shouldRefuseOptionsOfOtherDevices() {
    Optional<Path> folder = Optional.of(Path.of("cache"));
    assertThatThrownBy(
            () -> new Device(Kind.CPU, Optional.of(0), false, Optional.empty(), Optional.empty()))
        .hasMessage("there is only one cpu");
    assertThatThrownBy(
            () -> new Device(Kind.CUDA, Optional.empty(), false, folder, Optional.empty()))
        .hasMessage("cuda has nothing to keep in a folder");
    assertThatThrownBy(
            () -> new Device(Kind.CUDA, Optional.of(-1), false, Optional.empty(), Optional.empty()))
        .hasMessage("devices are counted from 0");
    assertThatThrownBy(() -> cpu(0)).hasMessage("a batch has at least one picture");
  }

  private static Device on(Kind kind) {
    return new Device(kind, Optional.empty(), false, Optional.empty(), Optional.empty());
  }

  private static Device cpu(int batchSize) {
    return new Device(Kind.CPU, Optional.empty(), false, Optional.empty(), Optional.of(batchSize));
  }

  private static Model load(Device device) {
    return Model.load(COLOURS, ModelOptions.DEFAULT.withDevice(device));
  }

  /** One cell of 8 pixels, in another place for each slot and of another colour for each run. */
  private static void paint(InferenceLane lane, int slot, int filled) {
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        lane.input(slot).put(filled % 3 * 64 * 64 + y * 64 + 8 * slot + x, 1f);
      }
    }
  }

  private static List<Detection> detections(Model model, InferenceLane lane, int slot) {
    return model
        .newPostProcessor()
        .detect(
            lane.output(slot),
            new Thresholds(0.5f, 0.45f),
            Letterbox.of(64, 64, InputFormat.ultralytics(64, 64)));
  }
}
