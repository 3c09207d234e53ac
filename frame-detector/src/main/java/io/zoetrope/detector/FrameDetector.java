package io.zoetrope.detector;

import io.micrometer.core.instrument.MeterRegistry;
import io.zoetrope.batches.BatchReferences;
import io.zoetrope.detector.inference.BatchInference;
import io.zoetrope.detector.inference.WorkerTimes;
import io.zoetrope.detector.onnx.Model;
import io.zoetrope.isolation.Pulse;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.store.MediaStore;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detector role: takes the frame batches that runs of one model want and publishes what the
 * model finds in them, each batch once. Any number of processes with the same model share the work.
 * What fails is dropped whole and taken up again a moment later, from what is committed. {@link
 * #start} and {@link #close} are called once each, from any thread; the model stays the caller's,
 * to be closed afterwards.
 */
public final class FrameDetector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FrameDetector.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Kafka's clients may wait for their cluster several times in a turn, up to ten seconds each. */
  private static final Duration LONGEST_TURN = Duration.ofMinutes(2);

  private final DetectorSettings settings;
  private final Model model;
  private final EventSerdes serdes;
  private final BatchReferences references;
  private final DetectorMeters meters;
  private final WorkerTimes times = new WorkerTimes();
  private final Thread thread = new Thread(this::run, "zoetrope-detector");
  private final String life = UUID.randomUUID().toString().substring(0, 8);
  private final Pulse pulse = new Pulse("zoetrope-detector", LONGEST_TURN);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean healthy = true;

  public FrameDetector(
      DetectorSettings settings,
      Model model,
      EventSerdes serdes,
      MediaStore store,
      MeterRegistry meters) {
    this.settings = settings;
    this.model = model;
    this.serdes = serdes;
    this.references = new BatchReferences(store, serdes.packetObjects());
    this.meters = new DetectorMeters(meters, model.id());
    this.meters.runsOn(model.device().toString());
    this.meters.watch(times);
  }

  public void start() {
    thread.start();
  }

  /** Whether it is at work, rather than waiting to try again after a failure. */
  public boolean isHealthy() {
    return healthy && thread.isAlive();
  }

  /**
   * What is stuck or dead, the thread that polls or one that decodes and infers, in a sentence, so
   * that only another process can help; empty where nothing is.
   */
  public Optional<String> stuck() {
    boolean died = thread.getState() == Thread.State.TERMINATED && running();
    return died ? Optional.of(thread.getName() + " died") : pulse.stuck().or(times::stuck);
  }

  /** Returns when the batches in hand are finished or given up, within seconds. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean running() {
    return stopped.getCount() > 0;
  }

  private void run() {
    while (running()) {
      try {
        detect();
      } catch (RuntimeException e) {
        healthy = false;
        pulse.beat();
        LOG.warn("The detector starts again in {}", PAUSE, e);
        pause();
      }
    }
    pulse.rest();
  }

  private void detect() {
    pulse.beat();
    DetectorClients clients = new DetectorClients(settings, model.id());
    SetAside setAside = new SetAside();
    RunCriteria criteria = new RunCriteria(model.id(), model.labels());
    DetectionEvents events = new DetectionEvents(model.id(), model.labels(), criteria);
    try (BatchInference inference =
            new BatchInference(model, settings.workers(), times, BatchReferences::isPassing);
        DetectionPublisher publisher =
            new DetectionPublisher(
                clients.producer(),
                serdes.serializer(Topics.DETECTIONS),
                events,
                setAside,
                meters);
        DetectionLoop loop =
            new DetectionLoop(
                settings,
                new BatchSelection(
                    model.id(), serdes.deserializer(Topics.FRAME_BATCHES), meters, setAside),
                criteria,
                references,
                clients.consumer(),
                publisher,
                inference,
                new AttemptLog(life),
                new Quarantine(new DecodeTrials(model.inputFormat(), references), setAside),
                setAside,
                meters)) {
      healthy = true;
      loop.run(this::running, pulse);
    }
  }

  private void pause() {
    try {
      stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }
}
