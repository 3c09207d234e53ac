package io.zoetrope.detector.onnx;

import ai.onnxruntime.OrtException;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What ONNX Runtime says against a model, in a sentence for people. */
final class OrtRefusal {
  /** Its own code, and where in its sources it says so: no use to anybody here. */
  private static final Pattern PREAMBLE =
      Pattern.compile(
          "^Error code - \\w+ - message: |\\S+\\.(?:cc|h):\\d+ (?:[^()]*\\([^()]*\\)(?: const)? )?|\\[ONNXRuntimeError\\] : \\d+ : \\w+ : ");

  private static final List<Known> KNOWN =
      List.of(
          new Known(
              "Opset (\\d+) is under development.*for domain (\\S+) is till opset (\\d+)",
              Code.MODEL_TOO_NEW,
              "The model %s asks for version %s of ONNX's operators (%s), and ONNX Runtime knows those up to %s; export it with that version as the opset."),
          new Known(
              "Unsupported model IR version: (\\d+), max supported IR version: (\\d+)",
              Code.MODEL_TOO_NEW,
              "The model %s is in version %s of ONNX's file format, and ONNX Runtime knows those up to %s; export it with an older ONNX."),
          new Known(
              "No Op registered for (\\S+) with domain_version of (\\d+)",
              Code.MODEL_OPERATOR_UNSUPPORTED,
              "The model %s needs the operator %s, which isn't in version %s of ONNX's operators; export it with those alone."),
          new Known(
              "Could not find an implementation for (\\S+?)\\((\\d+)\\)",
              Code.MODEL_OPERATOR_UNSUPPORTED,
              "The model %s needs the operator %s (version %s) for numbers of a type for which ONNX Runtime hasn't got it; export it as float32."),
          new Known(
              "(?:Failed to allocate memory for requested buffer of size (\\d+)|bad_alloc|bad allocation)",
              Code.MODEL_TOO_COSTLY,
              "The model %s asks for more memory than a model may have; use a smaller one, or raise models.limits.memory."));

  private record Known(Pattern pattern, Code code, String sentence) {
    Known(String pattern, Code code, String sentence) {
      this(Pattern.compile(pattern, Pattern.DOTALL), code, sentence);
    }

    ModelException of(String file, MatchResult match, OrtException cause) {
      Object[] words = new Object[match.groupCount() + 1];
      words[0] = file;
      for (int i = 1; i < words.length; i++) {
        words[i] = match.group(i);
      }
      return new ModelException(code, sentence.formatted(words), cause);
    }
  }

  private OrtRefusal() {}

  /**
   * Puts it in a sentence.
   *
   * @param file name of the model's file
   */
  static ModelException of(String file, OrtException cause) {
    String message = String.valueOf(cause.getMessage());
    for (Known known : KNOWN) {
      Matcher matcher = known.pattern.matcher(message);
      if (matcher.find()) {
        return known.of(file, matcher, cause);
      }
    }
    return new ModelException(
        Code.MODEL_INVALID,
        "The file %s is no ONNX model that can be run (%s); export it again."
            .formatted(file, essence(cause)),
        cause);
  }

  /** What it says, in one line and without where in its sources it does. */
  static String essence(OrtException cause) {
    String first = String.valueOf(cause.getMessage()).lines().findFirst().orElse("").strip();
    return PREAMBLE.matcher(first).replaceAll("");
  }
}
