package io.zoetrope.assembler;

import io.micrometer.core.instrument.MeterRegistry;
import io.zoetrope.batches.BatchReferences;
import io.zoetrope.batches.PacketReferences;
import io.zoetrope.isolation.Pulse;
import io.zoetrope.isolation.RestartingThread;
import io.zoetrope.schemas.Groups;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.schemas.serdes.PacketObjects;
import io.zoetrope.store.MediaStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * The assembler role: plans the annotated videos that are asked for, makes their segments, and
 * joins them. Any number of processes share the work, segment by segment; what one left unfinished
 * another makes again, with the same bytes. {@link #start} and {@link #close} are called once each,
 * from any thread; ledger and store stay the caller's, to be closed afterwards.
 */
public final class VideoAssembler implements AutoCloseable {
  /** Kafka's clients may wait for their cluster several times in a turn, up to ten seconds each. */
  private static final Duration LONGEST_TURN = Duration.ofMinutes(2);

  /** With what it takes to get to a segment's first frame, and to store a whole segment. */
  private static final Duration LONGEST_FRAME = Duration.ofMinutes(10);

  private static final int ONE = 1;
  private static final int MANY = 500;

  private final AssemblerSettings settings;
  private final RenderLedger ledger;
  private final EventSerdes serdes;
  private final MediaStore store;
  private final AssemblerMeters meters;
  private final WorkFolder folder;
  private final AssemblerPublisher publisher;
  private final UnusableRequests unusable;
  private final String life = UUID.randomUUID().toString().substring(0, 8);
  private final List<Pulse> makers = new ArrayList<>();
  private final List<RestartingThread> threads;

  /**
   * Opens its folder; nothing works yet.
   *
   * @throws java.io.UncheckedIOException where the folder can't be written
   */
  public VideoAssembler(
      AssemblerSettings settings,
      RenderLedger ledger,
      EventSerdes serdes,
      MediaStore store,
      MeterRegistry meters) {
    this.settings = settings;
    this.ledger = ledger;
    this.serdes = serdes;
    this.store = store;
    this.meters = new AssemblerMeters(meters);
    this.folder = WorkFolder.open(settings.folder());
    this.publisher = new AssemblerPublisher(AssemblerClients.producer(settings.kafka()), serdes);
    this.unusable = new UnusableRequests(publisher, this.meters);
    RestartingThread renders =
        new RestartingThread(
            "zoetrope-renders", LONGEST_TURN, RenderException::isPassing, this::plan);
    this.threads =
        Stream.concat(
                Stream.of(renders),
                IntStream.rangeClosed(1, settings.workers()).mapToObj(this::worker))
            .toList();
  }

  private RestartingThread worker(int number) {
    String name = "zoetrope-segments-" + number;
    Pulse frames = new Pulse(name + "-maker", LONGEST_FRAME);
    makers.add(frames);
    return new RestartingThread(
        name,
        LONGEST_TURN,
        RenderException::isPassing,
        (running, pulse) -> makeSegments(running, pulse, frames));
  }

  public void start() {
    threads.forEach(RestartingThread::start);
  }

  /** Whether every thread is at work, rather than waiting to try again after a failure. */
  public boolean isHealthy() {
    return threads.stream().allMatch(RestartingThread::isHealthy);
  }

  /**
   * Which thread is stuck or dead, in a sentence, so that only another process can help; empty
   * where none is.
   */
  public Optional<String> stuck() {
    return Stream.concat(
            threads.stream().map(RestartingThread::stuck), makers.stream().map(Pulse::stuck))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Gives up what is in hand; returns within seconds. */
  @Override
  public void close() {
    threads.forEach(RestartingThread::stop);
    threads.forEach(RestartingThread::join);
    publisher.close();
    folder.close();
  }

  private void plan(BooleanSupplier running, Pulse pulse) {
    PacketObjects objects = serdes.packetObjects();
    RenderedFiles files = new RenderedFiles(store, folder);
    RenderPlanner planner =
        new RenderPlanner(
            ledger,
            store,
            new PacketReferences(store, objects),
            settings.limits(),
            publisher,
            files,
            meters);
    Consumer<byte[], byte[]> consumer =
        AssemblerClients.consumer(settings.kafka(), Groups.RENDERS, MANY);
    try (RenderLoop loop =
        new RenderLoop(
            consumer,
            new RenderReadings(
                serdes.deserializer(Topics.RENDERS), planner, unusable, System::nanoTime),
            new RequestLogs(life, consumer),
            System::nanoTime)) {
      loop.run(running, pulse);
    }
  }

  private void makeSegments(BooleanSupplier running, Pulse pulse, Pulse frames) {
    BatchReferences references = new BatchReferences(store, serdes.packetObjects());
    Consumer<byte[], byte[]> consumer =
        AssemblerClients.consumer(settings.kafka(), Groups.SEGMENTS, ONE);
    try (SegmentWorker worker =
        new SegmentWorker(
            consumer,
            serdes.deserializer(Topics.SEGMENTS),
            new SegmentMaker(
                references,
                SegmentTrial.class,
                new RenderedFiles(store, folder),
                new Demand(ledger),
                publisher,
                meters,
                frames),
            unusable,
            new RequestLogs(life, consumer))) {
      worker.run(running, pulse);
    }
  }
}
