package io.zoetrope.assembler;

import io.zoetrope.events.SegmentRequested;
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
 * polling all the while; each is settled once it is known to be there. One thread. It has no way to
 * go on after an exception: close it, and what isn't settled is made again, here or elsewhere, with
 * the same bytes.
 */
final class SegmentWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentWorker.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(200);
  private static final Duration BUSY_POLL = Duration.ofMillis(20);
  private static final CloseOptions CLOSE = CloseOptions.timeout(Duration.ofSeconds(5));

  /** What a segment may take to be finished when its partition goes to another worker. */
  private static final Duration FINISHING = Duration.ofSeconds(3);

  /** After so many deaths of processes that had it in hand a segment isn't tried again. */
  private static final int MAX_DEATHS = 3;

  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<SegmentRequested> reader;
  private final SegmentMaker maker;
  private final UnusableRequests unusable;
  private final RequestLogs logs;
  private final Company company;
  private final ExecutorService hands;
  private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
  private Optional<Job> job = Optional.empty();

  /** Takes ownership of consumer and maker. */
  SegmentWorker(
      Consumer<byte[], byte[]> consumer,
      Deserializer<SegmentRequested> reader,
      SegmentMaker maker,
      UnusableRequests unusable,
      RequestLogs logs,
      Company company) {
    this.consumer = consumer;
    this.reader = reader;
    this.maker = maker;
    this.unusable = unusable;
    this.logs = logs;
    this.company = company;
    String name = Thread.currentThread().getName() + "-maker";
    this.hands =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** A segment in hand. */
  private static final class Job {
    private final ConsumerRecord<byte[], byte[]> request;
    private final Future<?> work;
    private volatile boolean abandoned;

    Job(ConsumerRecord<byte[], byte[]> request, JobStart start) {
      this.request = request;
      this.work = start.begin(() -> abandoned);
    }

    @FunctionalInterface
    private interface JobStart {
      Future<?> begin(BooleanSupplier abandoned);
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
      if (job.isPresent() && job.get().work.isDone()) {
        settle(job.get());
      }
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
    int deaths = logs.deaths(request);
    if (!company.admits(this, deaths > 0)) {
      return;
    }
    waiting.remove();
    Optional<SegmentRequested> read = read(request);
    if (read.isEmpty()) {
      company.leave();
      logs.settle(request);
      return;
    }
    SegmentRequested segment = read.get();
    logs.begin(request);
    job =
        Optional.of(
            new Job(request, abandoned -> hands.submit(() -> make(segment, deaths, abandoned))));
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

  private void make(SegmentRequested segment, int deaths, BooleanSupplier abandoned) {
    try {
      if (deaths >= MAX_DEATHS) {
        maker.fail(segment, crashed(segment, deaths));
      } else {
        maker.make(segment, abandoned);
      }
    } finally {
      company.leave();
    }
  }

  private static RenderException crashed(SegmentRequested segment, int deaths) {
    long first = segment.getBatch().getFirstFrame();
    return new RenderException(
        "SEGMENT_CRASHED",
        "%d processes ended while they made the pictures of frames %d to %d; convert the video."
            .formatted(deaths, first, first + segment.getBatch().getExpectedFrames() - 1));
  }

  /** What isn't done but abandoned, or fails for what passes, stays to be made again. */
  private void settle(Job done) {
    job = Optional.empty();
    try {
      done.work.get();
      logs.settle(done.request);
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
    try {
      last.work.get(FINISHING.toMillis(), TimeUnit.MILLISECONDS);
      settle(last);
    } catch (TimeoutException e) {
      last.abandoned = true;
      job = Optional.empty();
    } catch (ExecutionException e) {
      settle(last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      last.abandoned = true;
      job = Optional.empty();
    }
  }

  /** Gives up what is in hand; returns within seconds. */
  @Override
  public void close() {
    company.withdraw(this);
    job.ifPresent(last -> last.abandoned = true);
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
                held.abandoned = true;
                job = Optional.empty();
              });
      drop(partitions);
      logs.forget(partitions);
    }

    private void drop(Collection<TopicPartition> partitions) {
      if (waiting.removeIf(request -> isIn(partitions, request))) {
        company.withdraw(SegmentWorker.this);
      }
    }

    private boolean isIn(Collection<TopicPartition> partitions, ConsumerRecord<?, ?> request) {
      return partitions.contains(RequestLogs.partition(request));
    }
  }
}
