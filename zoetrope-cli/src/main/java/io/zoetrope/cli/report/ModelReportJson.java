package io.zoetrope.cli.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.zoetrope.detector.onnx.ModelReport;
import io.zoetrope.media.InputFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The document that {@code zoetrope models inspect --json} prints. */
public final class ModelReportJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ModelReportJson() {}

  /** The document in one line, without its line feed. */
  public static String render(ModelReport report) {
    try {
      return JSON.writeValueAsString(
          new Document(
              report.file(),
              report.modelId(),
              report.detector().map(ModelReport.Detector::family).orElse(null),
              report.detector().map(ModelReport.Detector::reason).orElse(null),
              report.problem().orElse(null),
              report.detector().map(Pictures::of).orElse(null),
              report.detector().map(ModelReport.Detector::boxes).map(Tensor::of).orElse(null),
              report.detector().map(ModelReport.Detector::labels).orElse(null),
              report.inputs().stream().map(Tensor::of).toList(),
              report.outputs().stream().map(Tensor::of).toList(),
              report.bytes(),
              report.sha256(),
              report.opsets(),
              report.irVersion(),
              report.producer(),
              report.description(),
              report.operators(),
              report.metadata()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What there is nothing to say about is left out. */
  @JsonInclude(Include.NON_NULL)
  @JsonPropertyOrder({
    "file",
    "modelId",
    "family",
    "familyToldBy",
    "error",
    "pictures",
    "boxes",
    "labels",
    "inputs",
    "outputs",
    "bytes",
    "sha256",
    "opsets",
    "irVersion",
    "producer",
    "description",
    "operators",
    "metadata"
  })
  private record Document(
      String file,
      String modelId,
      String family,
      String familyToldBy,
      ModelReport.Problem error,
      Pictures pictures,
      Tensor boxes,
      List<String> labels,
      List<Tensor> inputs,
      List<Tensor> outputs,
      long bytes,
      String sha256,
      Map<String, Long> opsets,
      long irVersion,
      String producer,
      String description,
      Set<String> operators,
      Map<String, String> metadata) {}

  @JsonPropertyOrder({"batch", "width", "height", "channels", "range", "fit"})
  private record Pictures(
      int batch, int width, int height, String channels, String range, String fit) {
    static Pictures of(ModelReport.Detector detector) {
      InputFormat format = detector.pictures();
      return new Pictures(
          detector.batch(),
          format.width(),
          format.height(),
          format.rgb() ? "RGB" : "BGR",
          format.unitScale() ? "0..1" : "0..255",
          format.fit().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }

  /** In its shape, what is known is a number, and what is open a text. */
  @JsonPropertyOrder({"name", "type", "shape"})
  private record Tensor(String name, String type, List<Object> shape) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    static Tensor of(ModelReport.Tensor tensor) {
      return new Tensor(
          tensor.name(), tensor.type(), tensor.shape().stream().map(Tensor::dimension).toList());
    }

    private static Object dimension(String text) {
      return NUMBER.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
    }
  }
}
