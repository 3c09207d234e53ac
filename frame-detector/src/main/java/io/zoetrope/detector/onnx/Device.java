package io.zoetrope.detector.onnx;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a model is to run on. The device isn't part of a model's identity: detectors on different
 * ones share the work of one model.
 *
 * @param id of the device among those of its kind; empty for the first
 * @param halfPrecision compute in float16 what the model has in float32, which is faster and less
 *     exact
 * @param cache folder for what a provider compiles, so that it does so once; empty for none
 * @param batchSize pictures in one run where the model leaves their number open; empty for what
 *     suits the kind
 */
public record Device(
    Kind kind,
    Optional<Integer> id,
    boolean halfPrecision,
    Optional<Path> cache,
    Optional<Integer> batchSize) {
  /** This machine's cores, one picture at a time. */
  public static final Device CPU =
      new Device(Kind.CPU, Optional.empty(), false, Optional.empty(), Optional.empty());

  private static final int GPU_BATCH = 8;

  /** The providers of ONNX Runtime that are made use of. */
  public enum Kind {
    /** The first of {@link #BEST_FIRST} that works. */
    AUTO,
    CPU,
    CUDA,
    TENSORRT,
    OPENVINO,
    COREML;

    /**
     * What {@link #AUTO} tries. TensorRT isn't among them: it compiles for minutes before the first
     * picture, which nobody wants who didn't ask for it.
     */
    static final List<Kind> BEST_FIRST = List.of(CUDA, COREML, OPENVINO, CPU);

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses what a kind doesn't have, with a sentence. */
  public Device {
    List<Kind> withHalf = List.of(Kind.AUTO, Kind.TENSORRT, Kind.COREML);
    List<Kind> withId = List.of(Kind.AUTO, Kind.CUDA, Kind.TENSORRT, Kind.OPENVINO);
    require(
        !halfPrecision || withHalf.contains(kind),
        kind + " has no float16 of its own; export the model in float16, or take tensorrt");
    require(cache.isEmpty() || withHalf.contains(kind), kind + " has nothing to keep in a folder");
    require(id.isEmpty() || withId.contains(kind), "there is only one " + kind);
    require(id.orElse(0) >= 0, "devices are counted from 0");
    require(batchSize.orElse(1) >= 1, "a batch has at least one picture");
  }

  private static void require(boolean valid, String otherwise) {
    if (!valid) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** What of it is about a device of this kind. */
  Device as(Kind other) {
    boolean compiles = other == Kind.TENSORRT || other == Kind.COREML;
    boolean counted = other != Kind.CPU && other != Kind.COREML;
    return new Device(
        other,
        counted ? id : Optional.empty(),
        compiles && halfPrecision,
        compiles ? cache : Optional.empty(),
        batchSize);
  }

  /** Pictures in one run of a model that leaves their number open. */
  int openBatch() {
    return batchSize.orElse(kind == Kind.CUDA || kind == Kind.TENSORRT ? GPU_BATCH : 1);
  }

  /**
   * Whether a run of fewer pictures costs less. The others compile anew for another number of them,
   * which takes longer than any picture.
   */
  boolean takesAnyNumber() {
    return kind == Kind.CPU || kind == Kind.CUDA;
  }

  /** As people name it: {@code cpu}, {@code cuda:1}, {@code tensorrt:0 in float16}. */
  @Override
  public String toString() {
    boolean counted = kind == Kind.CUDA || kind == Kind.TENSORRT;
    String number = counted ? ":" + id.orElse(0) : id.map(i -> ":" + i).orElse("");
    return kind + number + (halfPrecision ? " in float16" : "");
  }
}
