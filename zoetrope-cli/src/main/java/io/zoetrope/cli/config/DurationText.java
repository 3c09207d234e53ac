package io.zoetrope.cli.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How people write a time: {@code 500ms}, {@code 1.5s}, {@code 5m}, {@code 2h}, {@code 7d}. */
public final class DurationText {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)\\s*(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final int NANOS = 9;

  private DurationText() {}

  /** The time that {@code text} means; empty where it has another form. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(times(UNITS.get(matcher.group(2)), new BigDecimal(matcher.group(1))))
        : Optional.empty();
  }

  private static Duration times(Duration unit, BigDecimal amount) {
    BigDecimal seconds = amount.multiply(BigDecimal.valueOf(unit.toNanos())).movePointLeft(NANOS);
    BigDecimal[] parts = seconds.divideAndRemainder(BigDecimal.ONE);
    return Duration.ofSeconds(
        parts[0].longValueExact(), parts[1].movePointRight(NANOS).longValueExact());
  }
}
