package io.zoetrope.detector.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Refuses files that ONNX Runtime mustn't see. */
final class ModelScreening {
  /** Whose operators are in every build of ONNX Runtime. */
  private static final Set<String> DOMAINS = Set.of("ai.onnx.ml", "com.microsoft");

  /** Microsoft's operators that read other files: engines compiled beforehand. */
  private static final Set<String> READING_FILES = Set.of("com.microsoft:EPContext");

  /**
   * What people take for an ONNX file, by what it begins with. One that begins like ONNX Runtime's
   * own format would be read as that, whatever else it is.
   */
  private static final List<Lookalike> LOOKALIKES =
      List.of(
          new Lookalike(
              0,
              "PK\3\4",
              "is an archive, as PyTorch's .pt files are; export that to ONNX, with Ultralytics: yolo export model=FILE format=onnx."),
          new Lookalike(
              0,
              "version https://git-lfs",
              "is only a pointer to a file in Git LFS; fetch that with: git lfs pull."),
          new Lookalike(0, "<", "is a web page or another text; download the model again."),
          new Lookalike(
              4,
              "ORTM",
              "is in ONNX Runtime's own format, which can't be looked into; give the ONNX file that it was made of."),
          new Lookalike(4, "TFL3", "is a TensorFlow Lite model; export it to ONNX."));

  private record Lookalike(int offset, String mark, String sentence) {
    boolean matches(ByteBuffer bytes) {
      byte[] expected = mark.getBytes(StandardCharsets.ISO_8859_1);
      return bytes.limit() >= offset + expected.length
          && bytes.slice(offset, expected.length).equals(ByteBuffer.wrap(expected));
    }
  }

  private ModelScreening() {}

  /**
   * What the file says about itself.
   *
   * @throws ModelException {@code MODEL_INVALID} where it is no ONNX file, and as {@link
   *     #requireSelfContained}
   */
  static OnnxGraph screen(ModelFile file) {
    OnnxGraph graph = read(file);
    requireSelfContained(file, graph);
    return graph;
  }

  /**
   * Checks that it needs nothing but itself and ONNX Runtime.
   *
   * @throws ModelException {@code MODEL_EXTERNAL_DATA}, {@code MODEL_OPERATOR_UNSUPPORTED}
   */
  static void requireSelfContained(ModelFile file, OnnxGraph graph) {
    if (!graph.externalFiles().isEmpty()) {
      throw new ModelException(
          Code.MODEL_EXTERNAL_DATA,
          "The model %s keeps weights in other files (%s), which are never read; export it into one file."
              .formatted(file.name(), String.join(", ", graph.externalFiles())));
    }
    graph.operators().stream()
        .filter(operator -> isForeign(operator, graph))
        .findFirst()
        .ifPresent(
            operator -> {
              throw new ModelException(
                  Code.MODEL_OPERATOR_UNSUPPORTED,
                  "The model %s needs the operator %s, which comes from outside of the file and of ONNX Runtime; export it with ONNX's operators alone."
                      .formatted(file.name(), operator));
            });
  }

  /**
   * The same of a file that may need more.
   *
   * @throws ModelException {@code MODEL_INVALID}
   */
  static OnnxGraph read(ModelFile file) {
    if (!file.bytes().hasRemaining()) {
      throw invalid(file, "is empty; download or export it again.", null);
    }
    for (Lookalike lookalike : LOOKALIKES) {
      if (lookalike.matches(file.bytes())) {
        throw invalid(file, lookalike.sentence, null);
      }
    }
    try {
      return OnnxReader.read(file.bytes());
    } catch (InvalidProtocolBufferException e) {
      throw invalid(
          file, "is no ONNX model, or is cut off or damaged; download or export it again.", e);
    } catch (IOException e) {
      throw invalid(file, "is no ONNX model (" + e.getMessage() + "); export it again.", e);
    }
  }

  private static boolean isForeign(String operator, OnnxGraph graph) {
    if (READING_FILES.contains(operator)) {
      return true;
    }
    int colon = operator.lastIndexOf(':');
    return colon >= 0
        && !DOMAINS.contains(operator.substring(0, colon))
        && !graph.functions().contains(operator);
  }

  private static ModelException invalid(ModelFile file, String what, Exception cause) {
    return new ModelException(
        Code.MODEL_INVALID, "The file %s %s".formatted(file.name(), what), cause);
  }
}
