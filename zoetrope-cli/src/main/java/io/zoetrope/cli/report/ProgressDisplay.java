package io.zoetrope.cli.report;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * Shows progress on the error stream: a line that rewrites itself on a terminal, a new line now and
 * then elsewhere. Used by one thread at a time.
 */
public final class ProgressDisplay implements AutoCloseable {
  private static final Duration REDRAW = Duration.ofMillis(100);
  private static final Duration NEW_LINE = Duration.ofSeconds(10);
  private static final String ERASE_LINE = "\r\u001b[2K";

  private final PrintWriter out;
  private final Terminal terminal;
  private final Progress.Style style;
  private Duration shownAt = Duration.ZERO;
  private boolean lineIsOpen;

  public ProgressDisplay(PrintWriter out, Terminal terminal, Progress.Style style) {
    this.out = out;
    this.terminal = terminal;
    this.style = style;
  }

  /** Shows {@code progress}, unless something was shown a moment ago. */
  public void show(Progress progress) {
    boolean isTerminal = terminal.isTerminal();
    if (progress.elapsed().minus(shownAt).compareTo(isTerminal ? REDRAW : NEW_LINE) < 0) {
      return;
    }
    shownAt = progress.elapsed();
    if (isTerminal) {
      out.print(ERASE_LINE + progress.line(terminal.columns(), style));
      out.flush();
      lineIsOpen = true;
    } else {
      out.println(progress.sentence());
    }
  }

  /** Prints a line that stays, above the progress. */
  public void println(String line) {
    close();
    out.println(line);
  }

  /** Leaves the terminal with an empty line. */
  @Override
  public void close() {
    if (lineIsOpen) {
      out.print(ERASE_LINE);
      out.flush();
      lineIsOpen = false;
    }
  }
}
