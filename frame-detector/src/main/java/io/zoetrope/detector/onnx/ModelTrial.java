package io.zoetrope.detector.onnx;

import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import io.zoetrope.detector.onnx.ModelSession.Show;
import io.zoetrope.isolation.TrialChild;
import io.zoetrope.isolation.TrialFailureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a trial process does with a model: all that ONNX Runtime does until one is loaded. It is
 * told the name of the file, reads its bytes from the process that asks, and answers with a code
 * and a sentence where the model is refused.
 */
final class ModelTrial {
  private ModelTrial() {}

  public static void main(String[] arguments) throws IOException {
    TrialChild.serve(ModelTrial::tryOut);
  }

  static byte[] request(ModelFile file) {
    return file.name().getBytes(StandardCharsets.UTF_8);
  }

  private static void tryOut(ByteBuffer request, SeekableByteChannel model)
      throws IOException, TrialFailureException {
    String name = StandardCharsets.UTF_8.decode(request).toString();
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(model.size()));
    while (bytes.hasRemaining() && model.read(bytes) >= 0) {}
    try {
      tryOut(name, bytes.flip());
    } catch (ModelException e) {
      throw new TrialFailureException(e.code() + " " + e.getMessage(), e);
    }
  }

  private static void tryOut(String name, ByteBuffer model) {
    try (ModelSession session = ModelSession.open(name, model, Device.CPU)) {
      for (Show show : Show.values()) {
        session.tryOut(show);
      }
    }
  }

  /** What a model was refused for; anything else that went wrong refuses none. */
  static Optional<ModelException> refusal(String failure) {
    for (Code code : Code.values()) {
      if (failure.startsWith(code + " ")) {
        return Optional.of(new ModelException(code, failure.substring(code.name().length() + 1)));
      }
    }
    return Optional.empty();
  }
}
