package io.zoetrope.cli.rerun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinceTest {
  private static final ZonedDateTime NOW =
      ZonedDateTime.parse("2026-11-20T12:30:00+01:00[Europe/Vienna]");

  @ParameterizedTest
  @CsvSource({
    "90s, 2026-11-20T11:28:30Z",
    "45m, 2026-11-20T10:45:00Z",
    "12h, 2026-11-19T23:30:00Z",
    "7d, 2026-11-13T11:30:00Z",
    "2026-11-19, 2026-11-18T23:00:00Z",
    "2026-11-19T18:00, 2026-11-19T17:00:00Z",
    "2026-11-19T18:00:00Z, 2026-11-19T18:00:00Z",
    "2026-11-19T18:00-05:00, 2026-11-19T23:00:00Z"
  })
  void shouldUnderstandAPointInThePast(String text, String instant) {
    assertThat(Since.parse(text, NOW)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "7", "7w", "20.11.2026", "2026-11-19T"})
  void shouldRefuseWhatIsNone(String text) {
    assertThatExceptionOfType(DateTimeParseException.class)
        .isThrownBy(() -> Since.parse(text, NOW));
  }
}
