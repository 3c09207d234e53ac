package io.zoetrope.detector.onnx;

import io.zoetrope.detector.family.InputOverride;
import io.zoetrope.schemas.Identities;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What the user says about a model, in place of what its file says.
 *
 * @param family name of its family
 * @param labels names of its classes, by class id
 * @param input how pictures are prepared
 * @param device what it runs on
 */
public record ModelOptions(
    Optional<String> family, Optional<List<String>> labels, InputOverride input, Device device) {
  /** Nothing is said. */
  public static final ModelOptions DEFAULT =
      new ModelOptions(Optional.empty(), Optional.empty(), InputOverride.NONE);

  public ModelOptions {
    labels = labels.map(List::copyOf);
  }

  /** On the CPU. */
  public ModelOptions(Optional<String> family, Optional<List<String>> labels, InputOverride input) {
    this(family, labels, input, Device.CPU);
  }

  /** The same on another device. */
  public ModelOptions withDevice(Device other) {
    return new ModelOptions(family, labels, input, other);
  }

  /**
   * The digest that tells one model from another: with another family, other labels or another
   * input the same file gives other results, and is another model.
   *
   * @param sha256 of the file, which it is where nothing is said
   */
  String identify(String sha256) {
    if (family.isEmpty() && labels.isEmpty() && input.equals(InputOverride.NONE)) {
      return sha256;
    }
    StringBuilder text = new StringBuilder(sha256);
    text.append("\nfamily=").append(family.orElse(""));
    text.append("\ninput=").append(input);
    // With its length, since a name may hold anything.
    for (String label : labels.orElse(List.of())) {
      text.append("\nlabel=").append(label.length()).append(':').append(label);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Identities.sha256().digest(bytes));
  }
}
