package io.zoetrope.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.isolation.Attempt;
import io.zoetrope.isolation.Pulse;
import io.zoetrope.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads which renders are asked for, and has planners see each through; a request is settled when
 * its video is there, or it is said why there won't be one. One thread, which polls all the while.
 * It has no way to go on after an exception: close it, and what isn't settled is read again.
 */
final class RenderLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RenderLoop.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final int MAX_JOBS = 1000;

  private final Consumer<byte[], byte[]> consumer;
  private final RenderReadings readings;
  private final RequestLogs logs;
  private final LongSupplier nanos;
  private final List<RenderJob> jobs = new ArrayList<>();
  private final ExecutorService planners =
      Executors.newFixedThreadPool(AssemblerSettings.PLANNERS, RenderLoop::planner);

  /** Takes ownership of the consumer. */
  RenderLoop(
      Consumer<byte[], byte[]> consumer,
      RenderReadings readings,
      RequestLogs logs,
      LongSupplier nanos) {
    this.consumer = consumer;
    this.readings = readings;
    this.logs = logs;
    this.nanos = nanos;
  }

  /**
   * Returns once {@code running} says no.
   *
   * @param pulse beaten with every turn
   */
  void run(BooleanSupplier running, Pulse pulse) {
    consumer.subscribe(List.of(Topics.RENDERS.name()), new Partitions());
    while (running.getAsBoolean()) {
      pulse.beat();
      if (jobs.size() < MAX_JOBS) {
        consumer.resume(consumer.paused());
      } else {
        consumer.pause(consumer.assignment());
      }
      consumer.poll(POLL).forEach(this::take);
      settle();
      begin();
    }
  }

  private static Thread planner(Runnable work) {
    Thread thread = new Thread(work, "zoetrope-planner");
    thread.setDaemon(true);
    return thread;
  }

  private void take(ConsumerRecord<byte[], byte[]> request) {
    logs.read(request);
    String key = request.key() == null ? "" : new String(request.key(), UTF_8);
    Optional<RenderWork> work = readings.read(request, key);
    if (work.isEmpty()) {
      logs.settle(request);
      return;
    }
    boolean withdrawn = request.value() == null;
    jobs.stream()
        .filter(job -> job.key().equals(key))
        .filter(job -> withdrawn || job.request().value() == null)
        .forEach(RenderJob::abandon);
    jobs.add(new RenderJob(request, key, work.get(), nanos));
  }

  private void settle() {
    for (RenderJob job : List.copyOf(jobs)) {
      if (job.isOver()) {
        jobs.remove(job);
        if (logs.has(job.request())) {
          logs.settle(job.request());
        }
      } else if (job.isBusy() ? job.isResting() : !job.isDue()) {
        logs.release(job.request());
      } else if (job.isApplying()) {
        logs.begin(job.request());
        job.admit();
      }
    }
  }

  private void begin() {
    Set<String> busy = new HashSet<>();
    for (RenderJob job : jobs) {
      if (busy.add(job.key()) && job.isReady()) {
        begin(job);
      }
    }
  }

  private void begin(RenderJob job) {
    int deaths = logs.deaths(job.request());
    if (deaths >= Attempt.MAX_DEATHS) {
      job.giveUp(planners, deaths);
      return;
    }
    if (job.isDue()) {
      logs.begin(job.request());
    }
    job.goOn(planners);
  }

  /** Gives up what is in hand; returns within seconds. */
  @Override
  public void close() {
    jobs.forEach(RenderJob::abandon);
    planners.shutdown();
    try {
      if (!planners.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("Gives up renders that take longer than {} to stop", CLOSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    consumer.close(CloseOptions.timeout(CLOSE));
  }

  private final class Partitions implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      logs.assigned(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      drop(partitions);
      logs.handOver(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      drop(partitions);
      logs.forget(partitions);
    }

    private void drop(Collection<TopicPartition> partitions) {
      for (RenderJob job : List.copyOf(jobs)) {
        if (partitions.contains(RequestLogs.partition(job.request()))) {
          job.abandon();
          jobs.remove(job);
        }
      }
    }
  }
}
