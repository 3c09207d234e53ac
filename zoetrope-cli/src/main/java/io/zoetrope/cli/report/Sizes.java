package io.zoetrope.cli.report;

import java.util.Locale;

/** How sizes are written for people. */
public final class Sizes {
  private Sizes() {}

  /** In millions of bytes: {@code 3.7 MB}; small ones in full: {@code 812 bytes}. */
  public static String of(long bytes) {
    return bytes < 10_000 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
