package io.zoetrope.detector.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * ONNX Runtime's execution providers: which there are in this build of it, and how a session is put
 * on one. What a provider can't run stays on the CPU.
 */
final class Providers {
  private static final String ON = "1";
  private static final String OFF = "0";

  private Providers() {}

  /**
   * Puts a session on the device.
   *
   * @throws ModelException {@code DEVICE_UNAVAILABLE} where this build hasn't got its provider
   * @throws OrtException where it has, but can't load what that needs, or finds no such device
   */
  static void add(OrtSession.SessionOptions session, Device device) throws OrtException {
    if (device.kind() == Device.Kind.CPU) {
      return;
    }
    if (!OrtEnvironment.getAvailableProviders().contains(provider(device.kind()))) {
      throw new ModelException(
          Code.DEVICE_UNAVAILABLE,
          "This build has no %s: %s.".formatted(device.kind(), build(device.kind())));
    }
    switch (device.kind()) {
      case CUDA -> addCuda(session, device);
      case TENSORRT -> addTensorRt(session, device);
      case OPENVINO ->
          session.addOpenVINO(device.id().map(id -> "GPU." + id).orElse("AUTO:GPU,CPU"));
      case COREML -> session.addCoreML(coreMl(device));
      default -> throw new IllegalArgumentException(device + " is no one device");
    }
  }

  private static void addCuda(OrtSession.SessionOptions session, Device device)
      throws OrtException {
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device.id().orElse(0))) {
      // Else Ampere and later round what they multiply to 10 bits.
      cuda.add("use_tf32", OFF);
      session.addCUDA(cuda);
    }
  }

  private static void addTensorRt(OrtSession.SessionOptions session, Device device)
      throws OrtException {
    try (OrtTensorRTProviderOptions tensorRt =
        new OrtTensorRTProviderOptions(device.id().orElse(0))) {
      tensorRt.add("trt_fp16_enable", device.halfPrecision() ? ON : OFF);
      if (device.cache().isPresent()) {
        String folder = made(device.cache().get());
        tensorRt.add("trt_engine_cache_enable", ON);
        tensorRt.add("trt_engine_cache_path", folder);
        tensorRt.add("trt_timing_cache_enable", ON);
        tensorRt.add("trt_timing_cache_path", folder);
      }
      session.addTensorrt(tensorRt);
    }
    // For what TensorRT leaves over.
    addCuda(session, device);
  }

  private static Map<String, String> coreMl(Device device) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("ModelFormat", "MLProgram");
    options.put("RequireStaticInputShapes", ON);
    options.put("AllowLowPrecisionAccumulationOnGPU", device.halfPrecision() ? ON : OFF);
    device.cache().ifPresent(folder -> options.put("ModelCacheDirectory", made(folder)));
    return options;
  }

  private static String made(Path folder) {
    try {
      return Files.createDirectories(folder).toAbsolutePath().toString();
    } catch (IOException e) {
      throw new ModelException(
          Code.DEVICE_UNAVAILABLE,
          "The folder %s can't be written (%s); choose another with --device-cache."
              .formatted(folder, e),
          e);
    }
  }

  private static OrtProvider provider(Device.Kind kind) {
    return switch (kind) {
      case CUDA -> OrtProvider.CUDA;
      case TENSORRT -> OrtProvider.TENSOR_RT;
      case OPENVINO -> OrtProvider.OPEN_VINO;
      case COREML -> OrtProvider.CORE_ML;
      default -> OrtProvider.CPU;
    };
  }

  private static String build(Device.Kind kind) {
    return switch (kind) {
      case CUDA, TENSORRT ->
          "build it with the Maven profile gpu (ZOETROPE_PROFILE=gpu), and " + needs(kind);
      case OPENVINO ->
          "no ONNX Runtime for Java is published with it; build one with --use_openvino --build_java, and name the folder of its libraries in ZOETROPE_JAVA_OPTS=-Donnxruntime.native.path=DIR";
      case COREML -> "it is in ONNX Runtime's builds for macOS alone, and this is none";
      default -> throw new IllegalArgumentException(kind + " is in every build");
    };
  }

  /** What a device that doesn't work may lack, without a full stop. */
  static String needs(Device.Kind kind) {
    return switch (kind) {
      case CUDA -> "have an NVIDIA driver, CUDA 12 and cuDNN 9 installed";
      case TENSORRT -> "have an NVIDIA driver, CUDA 12, cuDNN 9 and TensorRT 10 installed";
      case OPENVINO -> "have OpenVINO and the driver of the device installed";
      default -> "see whether the model is one for it";
    };
  }
}
