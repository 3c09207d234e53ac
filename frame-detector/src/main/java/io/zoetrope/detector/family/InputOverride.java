package io.zoetrope.detector.family;

import io.zoetrope.media.InputFormat;
import io.zoetrope.media.InputFormat.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the user says about the pictures that a model wants, in place of what its family does.
 *
 * @param rgb planes in the order R, G, B; else B, G, R
 * @param unitScale values from 0 to 1; else from 0 to 255
 * @param fit how a picture is brought to the shape of the input
 */
public record InputOverride(Optional<Boolean> rgb, Optional<Boolean> unitScale, Optional<Fit> fit) {
  public static final InputOverride NONE =
      new InputOverride(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Of a text such as {@code bgr,0..255,top-left}, in any order: one of each kind at most.
   *
   * @throws IllegalArgumentException for any other
   */
  public static InputOverride parse(String text) {
    InputOverride result = NONE;
    for (String word : text.split(",", -1)) {
      InputOverride one = word(word.strip().toLowerCase(Locale.ROOT));
      if (result.words().size() + one.words().size() != result.or(one).words().size()) {
        throw new IllegalArgumentException("two of a kind: " + text);
      }
      result = result.or(one);
    }
    return result;
  }

  private static InputOverride word(String word) {
    return switch (word) {
      case "rgb", "bgr" ->
          new InputOverride(Optional.of(word.equals("rgb")), Optional.empty(), Optional.empty());
      case "0..1", "0..255" ->
          new InputOverride(Optional.empty(), Optional.of(word.equals("0..1")), Optional.empty());
      case "centred", "top-left", "stretched" ->
          new InputOverride(
              Optional.empty(),
              Optional.empty(),
              Optional.of(Fit.valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT))));
      default -> throw new IllegalArgumentException("unknown: " + word);
    };
  }

  private InputOverride or(InputOverride other) {
    return new InputOverride(
        rgb.or(other::rgb), unitScale.or(other::unitScale), fit.or(other::fit));
  }

  /** The format with what is said here put in. */
  public InputFormat applyTo(InputFormat format) {
    return new InputFormat(
        format.width(),
        format.height(),
        rgb.orElse(format.rgb()),
        unitScale.orElse(format.unitScale()),
        fit.orElse(format.fit()));
  }

  /** As {@link #parse} reads it; empty where nothing is said. */
  @Override
  public String toString() {
    return String.join(",", words());
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    rgb.ifPresent(is -> words.add(is ? "rgb" : "bgr"));
    unitScale.ifPresent(is -> words.add(is ? "0..1" : "0..255"));
    fit.ifPresent(is -> words.add(is.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    return words;
  }
}
