package io.zoetrope.cli.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Width and height in pixels. Written as {@code 10x20}. */
public record BoxSize(float width, float height) {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)\\s*[x×]\\s*(\\d{1,6}(?:\\.\\d{1,6})?)");

  /**
   * Reads the form above.
   *
   * @throws IllegalArgumentException when {@code text} has another form
   */
  static BoxSize parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no width and height");
    }
    return new BoxSize(Float.parseFloat(matcher.group(1)), Float.parseFloat(matcher.group(2)));
  }
}
