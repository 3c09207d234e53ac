package io.zoetrope.isolation;

import java.util.Map;

/** How a process ended, from its exit status as Java tells it. */
final class Ending {
  private static final int SIGNALLED = 128;
  private static final int SIGHUP = 1;
  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;
  private static final Map<Integer, String> NAMES =
      Map.of(
          SIGHUP, "SIGHUP", SIGINT, "SIGINT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE",
          9, "SIGKILL", 11, "SIGSEGV", SIGTERM, "SIGTERM");

  private Ending() {}

  /** Whether it says something about what the process did, and not about somebody who ended it. */
  static boolean isCrash(int status) {
    int signal = status - SIGNALLED;
    return signal > 0 && signal != SIGHUP && signal != SIGINT && signal != SIGTERM;
  }

  static String name(int status) {
    int signal = status - SIGNALLED;
    return signal > 0 ? NAMES.getOrDefault(signal, "signal " + signal) : "exit status " + status;
  }
}
