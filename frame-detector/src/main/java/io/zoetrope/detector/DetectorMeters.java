package io.zoetrope.detector;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.zoetrope.detector.inference.BatchResult;
import io.zoetrope.detector.inference.FrameResult;
import io.zoetrope.detector.inference.WorkerTimes;
import io.zoetrope.detector.inference.WorkerTimes.Stage;
import java.util.Locale;

/** What a detector tells those who watch it. */
final class DetectorMeters {
  private static final double NANOS_PER_SECOND = 1e9;

  private final MeterRegistry registry;
  private final String model;

  DetectorMeters(MeterRegistry registry, String model) {
    this.registry = registry;
    this.model = model;
  }

  /** Always 1; its tag says what the model runs on. */
  void runsOn(String device) {
    Gauge.builder("zoetrope.detector.device", () -> 1)
        .tag("model", model)
        .tag("device", device)
        .register(registry);
  }

  /** Seconds of all workers by what they are at, and pictures that went through the model. */
  void watch(WorkerTimes times) {
    FunctionCounter.builder("zoetrope.detector.pictures", times, WorkerTimes::pictures)
        .tag("model", model)
        .register(registry);
    for (Stage stage : Stage.values()) {
      FunctionCounter.builder(
              "zoetrope.detector.worker.seconds", times, t -> t.nanos(stage) / NANOS_PER_SECOND)
          .tag("model", model)
          .tag("stage", stage.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  /** A batch that no run of this model wants. */
  void skipped() {
    batch("skipped");
  }

  /** A record that is no frame batch. */
  void unreadable() {
    batch("unreadable");
  }

  void published(BatchResult result) {
    batch(result.failure().isPresent() ? "failed" : "processed");
    for (FrameResult frame : result.frames()) {
      String status = frame.status().name().toLowerCase(Locale.ROOT);
      registry.counter("zoetrope.detector.frames", "model", model, "status", status).increment();
    }
    registry.timer("zoetrope.detector.decoding", "model", model).record(result.decoding());
    registry.timer("zoetrope.detector.inference", "model", model).record(result.inference());
  }

  Timer transactions() {
    return registry.timer("zoetrope.detector.transactions", "model", model);
  }

  /** Commits that do nothing but put on record what the workers get. */
  Timer attempts() {
    return registry.timer("zoetrope.detector.attempts", "model", model);
  }

  private void batch(String result) {
    registry.counter("zoetrope.detector.batches", "model", model, "result", result).increment();
  }
}
