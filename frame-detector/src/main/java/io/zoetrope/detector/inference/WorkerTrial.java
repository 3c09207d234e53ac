package io.zoetrope.detector.inference;

import io.zoetrope.detector.onnx.InferenceLane;
import io.zoetrope.detector.onnx.Model;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out with how many workers a model is fastest here: where two cores are the two threads of
 * one, or share the way to memory, that may be fewer than there are cores.
 */
final class WorkerTrial {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerTrial.class);
  private static final Duration EACH = Duration.ofMillis(250);

  /** Another worker costs memory, and has to be worth it. */
  private static final double WORTHWHILE = 1.03;

  private final Model model;

  WorkerTrial(Model model) {
    this.model = model;
  }

  /** The number of workers, up to {@code most}, with which most pictures a second are inferred. */
  int fastest(int most) {
    return fastest(most, this::picturesPerSecond);
  }

  /** Tries {@code most}, half of it, half of that and so on, the smallest first. */
  static int fastest(int most, IntToDoubleFunction picturesPerSecond) {
    List<Integer> candidates = new ArrayList<>();
    for (int workers = most; workers >= 1; workers /= 2) {
      candidates.add(workers);
    }
    Collections.reverse(candidates);
    int best = 0;
    double highest = 0;
    for (int workers : candidates) {
      double rate = picturesPerSecond.applyAsDouble(workers);
      LOG.info("{} workers infer {} pictures a second", workers, Math.round(rate));
      if (rate > highest * WORTHWHILE) {
        best = workers;
        highest = rate;
      }
    }
    return best;
  }

  private double picturesPerSecond(int workers) {
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      List<CompletableFuture<Double>> rates = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        rates.add(CompletableFuture.supplyAsync(this::picturesPerSecond, threads));
      }
      return rates.stream().mapToDouble(CompletableFuture::join).sum();
    } finally {
      threads.shutdown();
    }
  }

  /** Of one worker over blank pictures, which cost as much as any. */
  private double picturesPerSecond() {
    try (InferenceLane lane = model.newLane()) {
      lane.run();
      long start = System.nanoTime();
      long runs = 0;
      long elapsed = 0;
      while (elapsed < EACH.toNanos()) {
        lane.run();
        runs++;
        elapsed = System.nanoTime() - start;
      }
      return runs * lane.batchSize() * 1e9 / elapsed;
    }
  }
}
