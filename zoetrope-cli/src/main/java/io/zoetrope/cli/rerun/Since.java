package io.zoetrope.cli.rerun;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How people write a point in the past: {@code 7d}, {@code 2026-11-20}, with a time or a zone. */
public final class Since {
  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

  private Since() {}

  /**
   * The point in time that {@code text} means.
   *
   * @param now from which a duration counts back, in the zone of dates that name none
   * @throws DateTimeParseException where it means none
   */
  public static Instant parse(String text, ZonedDateTime now) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      long count = Long.parseLong(ago.group(1));
      Duration back =
          switch (ago.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          };
      return now.toInstant().minus(back);
    }
    if (!text.contains("T")) {
      return LocalDate.parse(text).atStartOfDay(now.getZone()).toInstant();
    }
    try {
      return ZonedDateTime.parse(text).toInstant();
    } catch (DateTimeParseException withoutZone) {
      return LocalDateTime.parse(text).atZone(now.getZone()).toInstant();
    }
  }
}
