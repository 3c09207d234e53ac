package io.zoetrope.cli.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long each stage took, in the order in which they first ran. Used by one thread. */
public final class StageTimes {
  private final Map<String, Duration> times = new LinkedHashMap<>();

  /** Work that is measured. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** Runs {@code work} and adds its time to {@code stage}. */
  public <T, E extends Exception> T measure(String stage, Work<T, E> work) throws E {
    long start = System.nanoTime();
    try {
      return work.run();
    } finally {
      times.merge(stage, Duration.ofNanos(System.nanoTime() - start), Duration::plus);
    }
  }

  public Map<String, Duration> times() {
    return times;
  }
}
