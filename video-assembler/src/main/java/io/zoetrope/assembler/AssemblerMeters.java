package io.zoetrope.assembler;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What an assembler tells those who watch it. Any thread. */
final class AssemblerMeters {
  private final MeterRegistry registry;

  AssemblerMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A segment that is in the media store. */
  void rendered(int pictures) {
    segment("rendered");
    registry.counter("zoetrope.assembler.pictures").increment(pictures);
  }

  /** A segment that can't be made. */
  void failed() {
    segment("failed");
  }

  /** A segment that nobody waits for any more. */
  void unwanted() {
    segment("unwanted");
  }

  /** A render that came to its end: {@code completed} or {@code failed}. */
  void ended(String result) {
    registry.counter("zoetrope.assembler.renders", "result", result).increment();
  }

  /** From packets to a file. */
  Timer rendering() {
    return registry.timer("zoetrope.assembler.rendering");
  }

  /** From segments to a video. */
  Timer joining() {
    return registry.timer("zoetrope.assembler.joining");
  }

  private void segment(String result) {
    registry.counter("zoetrope.assembler.segments", "result", result).increment();
  }
}
