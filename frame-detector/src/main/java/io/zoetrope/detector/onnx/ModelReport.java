package io.zoetrope.detector.onnx;

import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.onnx.OnnxGraph.OnnxValue;
import io.zoetrope.media.InputFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What there is to know about a model file. Its words are a stranger's and may hold anything.
 *
 * @param file its name
 * @param bytes its size
 * @param sha256 of its bytes, in lower-case hex
 * @param modelId that it has or would have
 * @param detector how it is used; empty where it can't be
 * @param problem why it can't be used; empty where it can be
 * @param inputs as the file declares them
 * @param outputs the same
 * @param producer name and version of what wrote it
 * @param irVersion version of the file format
 * @param opsets version of each set of operators, by domain
 * @param operators all that occur
 * @param description the author's own; empty where there is none
 * @param metadata that the exporter added, author and licence among them where it knows them
 */
public record ModelReport(
    String file,
    long bytes,
    String sha256,
    String modelId,
    Optional<Detector> detector,
    Optional<Problem> problem,
    List<Tensor> inputs,
    List<Tensor> outputs,
    String producer,
    long irVersion,
    Map<String, Long> opsets,
    Set<String> operators,
    String description,
    Map<String, String> metadata) {

  /**
   * How a model is used.
   *
   * @param reason by what its family is told, as the end of a sentence: "by its metadata"
   * @param batch pictures of a run
   * @param boxes the output that has them, as a run gave it
   * @param labels by class id
   */
  public record Detector(
      String family,
      String reason,
      InputFormat pictures,
      int batch,
      Tensor boxes,
      List<String> labels) {}

  /**
   * An input or output.
   *
   * @param type of its numbers: {@code float32}
   * @param shape each dimension a number, or a name where it is open
   */
  public record Tensor(String name, String type, List<String> shape) {
    static Tensor of(OnnxValue value) {
      return new Tensor(value.name(), value.type(), value.dimensions());
    }

    static Tensor of(ModelOutput output) {
      return new Tensor(
          output.name(), output.type().name().toLowerCase(Locale.ROOT), output.dimensionNames());
    }

    /** {@code images float32[batch, 3, 640, 640]}. */
    @Override
    public String toString() {
      return name + " " + type + shape;
    }
  }

  /** A stable code and a sentence. */
  public record Problem(String code, String message) {}

  static ModelReport of(ModelFile file, OnnxGraph graph, String modelId) {
    return new ModelReport(
        file.name(),
        file.bytes().limit(),
        file.sha256(),
        modelId,
        Optional.empty(),
        Optional.empty(),
        graph.inputs().stream().map(Tensor::of).toList(),
        graph.outputs().stream().map(Tensor::of).toList(),
        graph.producer(),
        graph.irVersion(),
        graph.opsets(),
        graph.operators(),
        graph.description(),
        graph.metadata());
  }

  ModelReport withDetector(Detector found) {
    return with(Optional.of(found), Optional.empty());
  }

  ModelReport withProblem(ModelException e) {
    return with(Optional.empty(), Optional.of(new Problem(e.code().name(), e.getMessage())));
  }

  private ModelReport with(Optional<Detector> found, Optional<Problem> reason) {
    return new ModelReport(
        file,
        bytes,
        sha256,
        modelId,
        found,
        reason,
        inputs,
        outputs,
        producer,
        irVersion,
        opsets,
        operators,
        description,
        metadata);
  }
}
