package io.zoetrope.assembler;

import io.zoetrope.events.SegmentRequested;
import io.zoetrope.isolation.Attempt;
import io.zoetrope.isolation.Pulse;
import io.zoetrope.schemas.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads which segments are asked for, and has one after the other made on a thread of its own,
 * polling all the while; each is settled once it is known to be there. One that was in hand when a
 * process died is made in a process of its own, where it harms nobody; it isn't in hand meanwhile,
 * so that it comes through however often assemblers are killed. One thread. It has no way to go on
 * after an exception: close it, and what isn't settled is made again, here or elsewhere, with the
 * same bytes.
 */
final class SegmentWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentWorker.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(200);
  private static final Duration BUSY_POLL = Duration.ofMillis(20);
  private static final CloseOptions CLOSE = CloseOptions.timeout(Duration.ofSeconds(5));

  /** What a segment may take to be finished when its partition goes to another worker. */
  private static final Duration FINISHING = Duration.ofSeconds(3);

  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<SegmentRequested> reader;
  private final SegmentMaker maker;
  private final UnusableRequests unusable;
  private final RequestLogs logs;
  private final ExecutorService hands;
  private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
  private Optional<Job> job = Optional.empty();

  /** Takes ownership of consumer and maker. */
  SegmentWorker(
      Consumer<byte[], byte[]> consumer,
      Deserializer<SegmentRequested> reader,
      SegmentMaker maker,
      UnusableRequests unusable,
      RequestLogs logs) {
    this.consumer = consumer;
    this.reader = reader;
    this.maker = maker;
    this.unusable = unusable;
    this.logs = logs;
    String name = Thread.currentThread().getName() + "-maker";
    this.hands =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** A segment that is being made. */
  private final class Job {
    private final ConsumerRecord<byte[], byte[]> request;
    private final SegmentRequested segment;
    private final Future<Boolean> decided;
    private volatile boolean abandoned;

    /**
     * @param work gives whether it came to an end
     */
    Job(
        ConsumerRecord<byte[], byte[]> request,
        SegmentRequested segment,
        Function<BooleanSupplier, Boolean> work) {
      this.request = request;
      this.segment = segment;
      this.decided = hands.submit(() -> work.apply(() -> abandoned));
    }

    void abandon() {
      abandoned = true;
      maker.giveUpApart();
    }
  }

  /**
   * Returns once {@code running} says no, without finishing what is in hand.
   *
   * @param pulse beaten with every turn
   */
  void run(BooleanSupplier running, Pulse pulse) {
    consumer.subscribe(List.of(Topics.SEGMENTS.name()), new Partitions());
    while (running.getAsBoolean()) {
      pulse.beat();
      boolean busy = job.isPresent() || !waiting.isEmpty();
      if (busy) {
        consumer.pause(consumer.assignment());
      } else {
        consumer.resume(consumer.paused());
      }
      consumer.poll(busy ? BUSY_POLL : IDLE_POLL).forEach(this::take);
      job.filter(begun -> begun.decided.isDone()).ifPresent(this::goOn);
      if (job.isEmpty() && !waiting.isEmpty()) {
        begin(waiting.peek());
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> request) {
    logs.read(request);
    waiting.add(request);
  }

  private void begin(ConsumerRecord<byte[], byte[]> request) {
    waiting.remove();
    Optional<SegmentRequested> read = read(request);
    if (read.isEmpty()) {
      logs.settle(request);
    } else if (logs.deaths(request) > 0 || SegmentTrials.isDangerous(read.get())) {
      SegmentRequested segment = read.get();
      job = Optional.of(new Job(request, segment, given -> maker.makeApart(segment, given)));
    } else {
      makeHere(request, read.get());
    }
  }

  private void makeHere(ConsumerRecord<byte[], byte[]> request, SegmentRequested segment) {
    int deaths = logs.deaths(request);
    logs.begin(request);
    job = Optional.of(new Job(request, segment, given -> makeHere(segment, deaths, given)));
  }

  private boolean makeHere(SegmentRequested segment, int deaths, BooleanSupplier abandoned) {
    if (deaths >= Attempt.MAX_DEATHS) {
      String why = deaths + " processes ended while they made them";
      maker.fail(segment, SegmentTrials.crashed(segment.getBatch(), why));
    } else {
      maker.make(segment, abandoned);
    }
    return true;
  }

  /** Empty where it can't be read, which is on record then. */
  private Optional<SegmentRequested> read(ConsumerRecord<byte[], byte[]> request) {
    if (request.value() == null) {
      unusable.unreadableSegment(request, "it has no value");
      return Optional.empty();
    }
    try {
      return Optional.of(reader.deserialize(request.topic(), request.value()));
    } catch (SerializationException e) {
      unusable.unreadableSegment(request, e.getMessage());
      return Optional.empty();
    }
  }

  private void goOn(Job done) {
    job = Optional.empty();
    if (isDecided(done)) {
      logs.settle(done.request);
    } else {
      makeHere(done.request, done.segment);
    }
  }

  /** What isn't done but abandoned, or fails for what passes, stays to be made again. */
  private static boolean isDecided(Job done) {
    try {
      return done.decided.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error fatal) {
        throw fatal;
      }
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /** Lets the segment in hand be finished, if that takes moments, or gives it up. */
  private void finish(Job last) {
    job = Optional.empty();
    try {
      last.decided.get(FINISHING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      last.abandon();
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      last.abandon();
      return;
    } catch (ExecutionException e) {
      // Thrown below.
    }
    if (isDecided(last)) {
      logs.settle(last.request);
    }
  }

  /** Gives up what is in hand; returns within seconds. */
  @Override
  public void close() {
    job.ifPresent(Job::abandon);
    job = Optional.empty();
    hands.shutdown();
    try {
      if (hands.awaitTermination(FINISHING.toMillis(), TimeUnit.MILLISECONDS)) {
        maker.close();
      } else {
        // Whoever still works with it would work with freed memory.
        LOG.warn("A segment takes longer than {} to be given up", FINISHING);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    consumer.close(CLOSE);
  }

  private final class Partitions implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      logs.assigned(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      job.filter(held -> isIn(partitions, held.request)).ifPresent(SegmentWorker.this::finish);
      drop(partitions);
      logs.handOver(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      job.filter(held -> isIn(partitions, held.request))
          .ifPresent(
              held -> {
                held.abandon();
                job = Optional.empty();
              });
      drop(partitions);
      logs.forget(partitions);
    }

    private void drop(Collection<TopicPartition> partitions) {
      waiting.removeIf(request -> isIn(partitions, request));
    }

    private boolean isIn(Collection<TopicPartition> partitions, ConsumerRecord<?, ?> request) {
      return partitions.contains(RequestLogs.partition(request));
    }
  }
}
