package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.RunCompleted;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.Split;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Folds submissions, runs, splits and detections into the ledger of every run, and publishes each
 * run's end. All that belongs to one video lies in one partition of every topic and store, so one
 * task sees the whole of it.
 */
public final class VideoLedgerTopology implements Supplier<Topology> {
  /** {@code videoId/submissionId} to {@link SubmissionAccepted}. */
  public static final String SUBMISSIONS = "submissions";

  /** {@code videoId/runId} to {@link RunLedger}. */
  public static final String RUNS = "runs";

  /** {@code videoId/splitId} to {@link Split}. */
  public static final String SPLITS = "splits";

  /** {@code videoId/runId/sequence} to {@link BatchDetections}, so that a run's are in order. */
  public static final String DETECTIONS = "detections";

  static final String RESULTS_SINK = "results-sink";

  private static final String SUBMISSION_PROCESSOR = "keep-submission";
  private static final String RUN_PROCESSOR = "open-run";
  private static final String SPLIT_PROCESSOR = "follow-split";
  private static final String DETECTIONS_PROCESSOR = "count-detections";

  private final EventSerdes events;

  public VideoLedgerTopology(EventSerdes events) {
    this.events = events;
  }

  @Override
  public Topology get() {
    Topology topology = new Topology();
    addStep(topology, Topics.SUBMISSIONS, SUBMISSION_PROCESSOR, SubmissionProcessor::new);
    addStep(topology, Topics.RUNS, RUN_PROCESSOR, RunProcessor::new);
    addStep(topology, Topics.SPLITS, SPLIT_PROCESSOR, SplitProcessor::new);
    addStep(topology, Topics.DETECTIONS, DETECTIONS_PROCESSOR, DetectionsProcessor::new);
    topology.addSink(
        RESULTS_SINK,
        Topics.RESULTS.name(),
        new StringSerializer(),
        events.serializer(Topics.RESULTS),
        byOwner(),
        RUN_PROCESSOR,
        SPLIT_PROCESSOR,
        DETECTIONS_PROCESSOR);
    StoreSerdes serdes = new StoreSerdes(events);
    // Submissions need no run; sharing a store with the others keeps all of a video in one task.
    topology.addStateStore(
        store(RUNS, serdes.runs()),
        SUBMISSION_PROCESSOR,
        RUN_PROCESSOR,
        SPLIT_PROCESSOR,
        DETECTIONS_PROCESSOR);
    topology.addStateStore(store(SUBMISSIONS, serdes.submissions()), SUBMISSION_PROCESSOR);
    topology.addStateStore(
        store(SPLITS, serdes.splits()), RUN_PROCESSOR, SPLIT_PROCESSOR, DETECTIONS_PROCESSOR);
    topology.addStateStore(
        store(DETECTIONS, serdes.detections()),
        RUN_PROCESSOR,
        SPLIT_PROCESSOR,
        DETECTIONS_PROCESSOR);
    return topology;
  }

  private <V extends SpecificRecord> void addStep(
      Topology topology,
      Topic<V> topic,
      String processor,
      ProcessorSupplier<String, V, String, RunCompleted> supplier) {
    String source = topic.name() + "-source";
    topology.addSource(source, new StringDeserializer(), events.deserializer(topic), topic.name());
    topology.addProcessor(processor, supplier, source);
  }

  private static StreamPartitioner<String, RunCompleted> byOwner() {
    return (topic, key, value, partitions) ->
        Optional.of(Set.of(Topics.RESULTS.partitioning().partition(key, partitions)));
  }

  // Unbuffered, because a range over a store doesn't see what a buffer still holds.
  private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), values)
        .withCachingDisabled()
        .withLoggingEnabled(
            Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topics.MAX_RECORD_BYTES)));
  }
}
