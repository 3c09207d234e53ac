package io.zoetrope.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process takes of the machine's memory, by Linux's own account. */
final class NativeMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  // Makes the kernel forget the highest value so far.
  private static final Path CLEAR_REFS = Path.of("/proc/self/clear_refs");

  private NativeMemory() {}

  static long residentMegabytes() throws IOException {
    return megabytes("VmRSS:");
  }

  /** The most that was resident since {@link #forgetPeak()}. */
  static long peakMegabytes() throws IOException {
    return megabytes("VmHWM:");
  }

  static void forgetPeak() throws IOException {
    Files.writeString(CLEAR_REFS, "5");
  }

  private static long megabytes(String key) throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
