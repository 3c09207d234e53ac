package io.zoetrope.detector.inference;

import io.zoetrope.isolation.Pulse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where the time of the workers goes, all of them together, and how many pictures they have
 * inferred. Counts for as long as it lives, through any number of {@link BatchInference}s. Any
 * thread.
 */
public final class WorkerTimes {
  /** Far more than any picture takes; what does is taken to be stuck in native code. */
  private static final Duration LONGEST_LAP = Duration.ofMinutes(5);

  /** What a worker is at; at any moment it is one of these. */
  public enum Stage {
    /** Reads the packets of a batch and decodes them. */
    DECODE,
    /** Scales a picture into the model's input. */
    PREPARE,
    /** Runs the model. */
    INFER,
    /** Makes detections of the model's output. */
    POST_PROCESS,
    /** Has nothing to do. */
    WAIT
  }

  private final Map<Stage, LongAdder> nanos = new EnumMap<>(Stage.class);
  private final LongAdder pictures = new LongAdder();
  private final Set<Pulse> working = ConcurrentHashMap.newKeySet();

  public WorkerTimes() {
    for (Stage stage : Stage.values()) {
      nanos.put(stage, new LongAdder());
    }
  }

  /** Nanoseconds of all workers together. */
  public long nanos(Stage stage) {
    return nanos.get(stage).sum();
  }

  /** Pictures that went through the model, whatever came of it. */
  public long pictures() {
    return pictures.sum();
  }

  /** So many pictures more went through the model. */
  public void inferred(int count) {
    pictures.add(count);
  }

  /** For one worker, which is at its beginning. */
  public Laps start() {
    return new Laps();
  }

  /** A sentence that says that a worker doesn't come to an end; empty where none is known to. */
  public Optional<String> stuck() {
    return working.stream().flatMap(worker -> worker.stuck().stream()).findFirst();
  }

  /** The time line of one worker, cut into stages without a gap. One thread. */
  public final class Laps implements AutoCloseable {
    private final Pulse pulse = new Pulse(Thread.currentThread().getName(), LONGEST_LAP);
    private long last = System.nanoTime();

    private Laps() {
      working.add(pulse);
    }

    /** There is nothing to do, until the next lap ends. */
    public void rest() {
      pulse.rest();
    }

    /** The lap goes on, and comes nearer to its end. */
    public void goOn() {
      pulse.beat();
    }

    /** What has passed since the lap before was {@code stage}; gives its nanoseconds. */
    public long end(Stage stage) {
      long now = System.nanoTime();
      long lap = now - last;
      last = now;
      nanos.get(stage).add(lap);
      pulse.beat();
      return lap;
    }

    /** The worker is at its end. */
    @Override
    public void close() {
      working.remove(pulse);
    }
  }
}
