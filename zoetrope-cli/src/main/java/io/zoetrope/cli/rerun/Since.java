package io.zoetrope.cli.rerun;

import io.zoetrope.cli.config.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** How people write a point in the past: {@code 7d}, {@code 2026-11-20}, with a time or a zone. */
public final class Since {
  private Since() {}

  /**
   * The point in time that {@code text} means.
   *
   * @param now from which a duration counts back, in the zone of dates that name none
   * @throws DateTimeParseException where it means none
   */
  public static Instant parse(String text, ZonedDateTime now) {
    Optional<Duration> ago = DurationText.parse(text);
    if (ago.isPresent()) {
      return now.toInstant().minus(ago.get());
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
