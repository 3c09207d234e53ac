package io.zoetrope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.cli.app.Service;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForegroundTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldSayWhenItIsUpAndEndWithTheServiceThatFails() throws InterruptedException {
    DyingDetector detector = new DyingDetector(2, 3);

    int status =
        new Foreground(CommandTree.create(new PrintWriter(out, true), new PrintWriter(err, true)))
            .run(detector);

    assertThat(status).isEqualTo(1);
    assertThat(detector.givenUp).isTrue();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            The detector is starting: http://127.0.0.1:1
            Detects with a on cpu.
            Ctrl-C or SIGTERM stops it.
            The detector is up: http://127.0.0.1:1
            """);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "zoetrope: SERVICE_FAILED: zoetrope-detector died; the log says more, and a restart may help\n");
  }

  @Test
  void shouldNotSayThatItIsStartingWhereItIsUpAtOnce() throws InterruptedException {
    new Foreground(CommandTree.create(new PrintWriter(out, true), new PrintWriter(err, true)))
        .run(new DyingDetector(0, 1));

    assertThat(out.toString().lines())
        .filteredOn(line -> line.contains("http"))
        .containsExactly("The detector is up: http://127.0.0.1:1");
  }

  /** Gets ready, and dies, after it was asked so many times. */
  private static final class DyingDetector implements Service {
    private int untilReady;
    private int untilDeath;
    private boolean givenUp;

    DyingDetector(int untilReady, int untilDeath) {
      this.untilReady = untilReady;
      this.untilDeath = untilDeath;
    }

    @Override
    public String name() {
      return "the detector";
    }

    @Override
    public URI url() {
      return URI.create("http://127.0.0.1:1");
    }

    @Override
    public List<String> notes() {
      return List.of("Detects with a on cpu.");
    }

    @Override
    public boolean ready() {
      return untilReady-- <= 0;
    }

    @Override
    public Optional<String> failure() {
      return untilDeath-- <= 0 ? Optional.of("zoetrope-detector died") : Optional.empty();
    }

    @Override
    public void giveUp() {
      givenUp = true;
    }

    @Override
    public void close() {}
  }
}
