package io.zoetrope.cli.report;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** How far some work is. */
public interface Progress {
  int BAR_MOST = 40;
  int BAR_LEAST = 5;

  /** Since the work began. */
  Duration elapsed();

  /** What is done of the whole, from 0 to 1, where the whole is known. */
  OptionalDouble share();

  /** What there is to say, in a line without its full stop. */
  String sentence();

  /**
   * A line with a bar that fits into {@code columns}; the bar goes first where there is too little
   * room.
   */
  default String line(int columns, Style style) {
    String sentence = sentence();
    int room = Math.min(BAR_MOST, columns - sentence.length() - 2);
    if (room < BAR_LEAST || share().isEmpty()) {
      return sentence.substring(0, Math.min(sentence.length(), Math.max(0, columns - 1)));
    }
    int full = (int) Math.floor(Math.min(1.0, share().getAsDouble()) * room);
    return Character.toString(style.full).repeat(full)
        + Character.toString(style.empty).repeat(room - full)
        + " "
        + sentence;
  }

  /** The characters that a bar is made of. */
  public enum Style {
    UNICODE('█', '░'),
    ASCII('#', '-');

    private final char full;
    private final char empty;

    Style(char full, char empty) {
      this.full = full;
      this.empty = empty;
    }

    /** What the locale of the environment can show. */
    public static Style ofLocale(Map<String, String> environment) {
      String locale =
          Stream.of("LC_ALL", "LC_CTYPE", "LANG")
              .map(name -> environment.getOrDefault(name, ""))
              .filter(value -> !value.isEmpty())
              .findFirst()
              .orElse("");
      return locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8") ? UNICODE : ASCII;
    }
  }
}
