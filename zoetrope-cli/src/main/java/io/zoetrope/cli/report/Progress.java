package io.zoetrope.cli.report;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How far the work is.
 *
 * @param done frames
 * @param total frames, as far as known
 * @param elapsed since the first frame was waited for
 */
public record Progress(long done, OptionalLong total, Duration elapsed) {
  private static final int BAR_MOST = 40;
  private static final int BAR_LEAST = 5;

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

  public double framesPerSecond() {
    return elapsed.isZero() ? 0 : done / (elapsed.toNanos() / 1e9);
  }

  /** {@code 213 of 695 frames, 31.4 frames/s, 0:15 left}. */
  public String sentence() {
    StringBuilder text = new StringBuilder();
    text.append(done);
    total.ifPresent(t -> text.append(" of ").append(t));
    text.append(String.format(Locale.ROOT, " frames, %.1f frames/s", framesPerSecond()));
    if (total.isPresent() && done > 0 && done <= total.getAsLong()) {
      long seconds = (long) Math.ceil((total.getAsLong() - done) / framesPerSecond());
      text.append(", ").append(Times.remaining(Duration.ofSeconds(seconds))).append(" left");
    }
    return text.toString();
  }

  /**
   * A line with a bar that fits into {@code columns}; the bar goes first where there is too little
   * room.
   */
  public String line(int columns, Style style) {
    String sentence = sentence();
    int room = Math.min(BAR_MOST, columns - sentence.length() - 2);
    if (room < BAR_LEAST || total.isEmpty()) {
      return sentence.substring(0, Math.min(sentence.length(), Math.max(0, columns - 1)));
    }
    double share = total.getAsLong() == 0 ? 1 : Math.min(1.0, (double) done / total.getAsLong());
    int full = (int) Math.floor(share * room);
    return Character.toString(style.full).repeat(full)
        + Character.toString(style.empty).repeat(room - full)
        + " "
        + sentence;
  }
}
