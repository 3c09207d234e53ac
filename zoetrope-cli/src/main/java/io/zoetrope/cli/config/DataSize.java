package io.zoetrope.cli.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes. Written as {@code 512}, {@code 64KiB}, {@code 16MiB}, {@code 4GiB}; units are
 * powers of 1024.
 */
public record DataSize(long bytes) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB)?");
  private static final Map<String, Integer> SHIFTS =
      Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30);

  /**
   * Reads one of the forms above.
   *
   * @throws IllegalArgumentException when {@code text} has another form
   */
  public static DataSize parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, "'%s' is no size", text));
    }
    String unit = matcher.group(2) == null ? "B" : matcher.group(2);
    return new DataSize(
        Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << SHIFTS.get(unit)));
  }
}
