package io.zoetrope.splitter;

import io.micrometer.core.instrument.MeterRegistry;
import io.zoetrope.batches.PacketReferences;
import io.zoetrope.events.RepairRequested;
import io.zoetrope.events.RunRequested;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.store.MediaStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes jobs of the records of both topics that videos are cut for: runs and repairs. Used by one
 * thread.
 */
final class CutJobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CutJobs.class);

  private final SplitterSettings settings;
  private final Original.Shelf shelf;
  private final BatchPublisher publisher;
  private final SplitStates states;
  private final Backlog backlog;
  private final PartitionTable<RunRequested> runs;
  private final Deserializer<RunRequested> runReader;
  private final Deserializer<RepairRequested> repairReader;

  CutJobs(SplitterSettings settings, EventSerdes serdes, MediaStore store, MeterRegistry meters) {
    this.settings = settings;
    this.shelf =
        new Original.Shelf(
            store, new PacketReferences(store, serdes.packetObjects()), settings.limits());
    this.publisher = new BatchPublisher(meters);
    this.states = new SplitStates(settings.kafka(), serdes);
    this.backlog = new Backlog(settings.batchesAhead(), settings.kafka(), serdes);
    this.runs = new PartitionTable<>(settings.kafka(), serdes, Topics.RUNS);
    this.runReader = serdes.deserializer(Topics.RUNS);
    this.repairReader = serdes.deserializer(Topics.REPAIRS);
  }

  /** The topics that requests come from. */
  static List<String> topics() {
    return List.of(Topics.RUNS.name(), Topics.REPAIRS.name());
  }

  /** The requests of a partition that is new here. */
  PartitionJobs partition(TopicPartition partition, CutAttempts attempts) {
    if (partition.topic().equals(Topics.REPAIRS.name())) {
      return new PartitionJobs.Of<RepairRequested>(
          attempts.log(partition),
          this::repair,
          requests -> repairJob(requests, partition, attempts));
    }
    // What another process wrote in the meantime is read when it is first needed.
    states.forget(partition.partition());
    return new PartitionJobs.Of<RunRequested>(
        attempts.log(partition), this::run, requests -> splitJob(requests, partition, attempts));
  }

  private Optional<Request<RunRequested>> run(ConsumerRecord<byte[], byte[]> record) {
    return read(Topics.RUNS, runReader, record)
        .map(run -> new Request<>(record.offset(), CutJob.splitOf(run), run));
  }

  private Optional<Request<RepairRequested>> repair(ConsumerRecord<byte[], byte[]> record) {
    return read(Topics.REPAIRS, repairReader, record)
        .map(
            repair ->
                new Request<>(
                    record.offset(), Keys.split(repair.getVideoId(), repair.getSplitId()), repair));
  }

  /**
   * Empty for a deleted run, and for what can't be read: that is set aside by the topology, which
   * reads runs as well, and repairs are asked for again.
   */
  private static <V extends SpecificRecord> Optional<V> read(
      Topic<V> topic, Deserializer<V> deserializer, ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.ofNullable(deserializer.deserialize(topic.name(), record.value()));
    } catch (SerializationException e) {
      LOG.warn(
          "Skipped a record of {} at {}-{}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
      return Optional.empty();
    }
  }

  private CutJob splitJob(
      List<Request<RunRequested>> requests, TopicPartition partition, CutAttempts attempts) {
    SplitStates.State last = states.last(requests.get(0).split());
    List<Request<RunRequested>> together =
        SplitPass.together(requests, last == null ? null : last.event());
    return new SplitJob(
        Assignment.of(partition, together, attempts),
        together,
        settings,
        shelf,
        states,
        backlog,
        publisher);
  }

  private CutJob repairJob(
      List<Request<RepairRequested>> requests, TopicPartition partition, CutAttempts attempts) {
    List<RepairRequested> repairs = requests.stream().map(Request::event).toList();
    Set<String> wanted =
        repairs.stream()
            .flatMap(repair -> RepairJob.runsOf(repair).stream())
            .collect(Collectors.toSet());
    Map<String, RunRequested> found = new HashMap<>();
    runs.read(Topics.RUNS.partition(requests.get(0).split()), wanted::contains)
        .forEach((key, row) -> found.put(key, row.value()));
    return new RepairJob(
        Assignment.of(partition, requests, attempts), repairs, found, settings, shelf, publisher);
  }

  @Override
  public void close() {
    backlog.close();
  }
}
