package io.zoetrope.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What a piece of work took of one core: the calling thread's time, whatever else is running. */
final class CpuTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Something to be measured; gives the number of frames that it went through. */
  @FunctionalInterface
  interface Work {
    long run() throws Exception;
  }

  private long nanos;
  private long frames;

  /** Adds one more run of {@code work}. */
  void measure(Work work) throws Exception {
    long start = THREADS.getCurrentThreadCpuTime();
    frames += work.run();
    nanos += THREADS.getCurrentThreadCpuTime() - start;
  }

  /** Adds what another one measured. */
  void add(CpuTime other) {
    nanos += other.nanos;
    frames += other.frames;
  }

  long frames() {
    return frames;
  }

  double millisPerFrame() {
    return nanos / 1e6 / frames;
  }

  double framesPerSecond() {
    return frames * 1e9 / nanos;
  }
}
