package io.zoetrope.splitter;

import io.micrometer.core.instrument.MeterRegistry;
import io.zoetrope.isolation.RestartingThread;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.store.MediaStore;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The splitter role: one thread that takes submissions in and one that cuts videos. Any number of
 * processes share the work; each goes on where another stopped. {@link #start} and {@link #close}
 * are called once each, from any thread.
 */
public final class VideoSplitter implements AutoCloseable {
  /** Kafka's clients may wait for their cluster several times in a turn, up to ten seconds each. */
  private static final Duration LONGEST_TURN = Duration.ofMinutes(2);

  private final RestartingThread intake;
  private final RestartingThread splitter;

  public VideoSplitter(
      SplitterSettings settings, EventSerdes serdes, MediaStore store, MeterRegistry meters) {
    this.intake =
        new RestartingThread(
            "zoetrope-intake",
            Intake.LONGEST_HASH,
            Rejection::isPassing,
            (running, pulse) -> new Intake(settings, serdes, store).run(running, pulse));
    String life = UUID.randomUUID().toString().substring(0, 8);
    this.splitter =
        new RestartingThread(
            "zoetrope-splitter",
            LONGEST_TURN,
            Rejection::isPassing,
            (running, pulse) ->
                new Splitter(life, settings, serdes, store, meters).run(running, pulse));
  }

  public void start() {
    intake.start();
    splitter.start();
  }

  /** Whether both threads are at work, rather than waiting to try again after a failure. */
  public boolean isHealthy() {
    return intake.isHealthy() && splitter.isHealthy();
  }

  /**
   * Which thread is stuck or dead, in a sentence, so that only another process can help; empty
   * where none is.
   */
  public Optional<String> stuck() {
    return splitter.stuck().or(intake::stuck);
  }

  /** Returns when the transactions in hand are finished, within seconds. */
  @Override
  public void close() {
    intake.stop();
    splitter.stop();
    intake.join();
    splitter.join();
  }
}
