package io.zoetrope.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Progress HALF =
      new FrameProgress(100, OptionalLong.of(200), Duration.ofSeconds(5));
  private final StringWriter written = new StringWriter();

  @Test
  void shouldTellFramesRateAndTimeLeft() {
    assertThat(HALF.sentence()).isEqualTo("100 of 200 frames, 20.0 frames/s, 0:05 left");
  }

  @Test
  void shouldNotGuessWhatItDoesNotKnow() {
    assertThat(new FrameProgress(7, OptionalLong.empty(), Duration.ofSeconds(2)).sentence())
        .isEqualTo("7 frames, 3.5 frames/s");
    assertThat(new FrameProgress(0, OptionalLong.of(200), Duration.ofSeconds(2)).sentence())
        .isEqualTo("0 of 200 frames, 0.0 frames/s");
  }

  @Test
  void shouldDrawABarThatFitsTheTerminal() {
    assertThat(HALF.line(60, Progress.Style.ASCII))
        .isEqualTo("#######-------- 100 of 200 frames, 20.0 frames/s, 0:05 left");
    assertThat(HALF.line(200, Progress.Style.UNICODE))
        .isEqualTo("█".repeat(20) + "░".repeat(20) + " " + HALF.sentence());
    assertThat(HALF.line(20, Progress.Style.ASCII)).isEqualTo("100 of 200 frames, ");
  }

  @Test
  void shouldDrawInUnicodeWhereTheLocaleHasIt() {
    assertThat(Progress.Style.ofLocale(Map.of("LANG", "en_GB.UTF-8")))
        .isEqualTo(Progress.Style.UNICODE);
    assertThat(Progress.Style.ofLocale(Map.of("LANG", "en_GB.UTF-8", "LC_ALL", "C")))
        .isEqualTo(Progress.Style.ASCII);
    assertThat(Progress.Style.ofLocale(Map.of())).isEqualTo(Progress.Style.ASCII);
  }

  @Test
  void shouldTellBytesRateAndTimeLeftOfAPull() {
    Progress resumed =
        new PullProgress(
            10_000_000, 30_000_000, OptionalLong.of(60_000_000), Duration.ofSeconds(5));

    assertThat(resumed.sentence()).isEqualTo("30.0 MB of 60.0 MB, 2.0 MB/s, 0:15 left");
    assertThat(resumed.line(60, Progress.Style.ASCII))
        .isEqualTo("#########---------- 30.0 MB of 60.0 MB, 2.0 MB/s, 0:15 left");
    assertThat(new PullProgress(812, 812, OptionalLong.empty(), Duration.ofSeconds(1)).sentence())
        .isEqualTo("812 bytes, 0.0 MB/s");
  }

  @Test
  void shouldRewriteItsLineOnATerminal() {
    try (ProgressDisplay display = display(true)) {
      display.show(HALF);
      display.show(new FrameProgress(101, OptionalLong.of(200), HALF.elapsed().plusMillis(10)));
      display.println("zoetrope: note");
    }

    assertThat(written)
        .hasToString(
            "\r\u001b[2K#######-------- 100 of 200 frames, 20.0 frames/s, 0:05 left"
                + "\r\u001b[2Kzoetrope: note\n");
  }

  @Test
  void shouldPrintALineNowAndThenElsewhere() {
    try (ProgressDisplay display = display(false)) {
      display.show(new FrameProgress(1, OptionalLong.of(200), Duration.ofSeconds(1)));
      display.show(new FrameProgress(20, OptionalLong.of(200), Duration.ofSeconds(10)));
      display.show(new FrameProgress(30, OptionalLong.of(200), Duration.ofSeconds(15)));
      display.show(new FrameProgress(40, OptionalLong.of(200), Duration.ofSeconds(20)));
    }

    assertThat(written)
        .hasToString(
            """
            20 of 200 frames, 2.0 frames/s, 1:30 left
            40 of 200 frames, 2.0 frames/s, 1:20 left
            """);
  }

  private ProgressDisplay display(boolean onTerminal) {
    Terminal terminal =
        new Terminal() {
          @Override
          public boolean isTerminal() {
            return onTerminal;
          }

          @Override
          public int columns() {
            return 60;
          }
        };
    return new ProgressDisplay(new PrintWriter(written), terminal, Progress.Style.ASCII);
  }
}
