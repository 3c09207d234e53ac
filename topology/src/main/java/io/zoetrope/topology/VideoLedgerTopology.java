package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Partitioning;
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
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Folds submissions, runs, splits and detections into the ledger of every run, and publishes what
 * follows: each run's progress and end, and repairs of what got lost on the way. Beside them it
 * keeps which annotated videos are wanted, and what has become of them. All that belongs to one
 * video lies in one partition of every topic and store, so one task sees the whole of it.
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

  /** {@code videoId/renderId} to {@link RenderRequested}. */
  public static final String RENDERS = "renders";

  /**
   * {@code videoId/renderId} to the {@link RenderEvent} of a render, {@code
   * videoId/renderId/sequence} to that of a segment.
   */
  public static final String RENDER_EVENTS = "render-events";

  static final String RESULTS_SINK = "results-sink";
  static final String PROGRESS_SINK = "progress-sink";
  static final String DETECTIONS_SINK = "detections-sink";
  static final String REPAIRS_SINK = "repairs-sink";
  static final String RENDER_EVENTS_SINK = "render-events-sink";
  static final String DEAD_LETTER_SINK = "dead-letter-sink";
  static final String WATCH = "watch-runs";

  private static final String SUBMISSION_PROCESSOR = "keep-submission";
  private static final String RUN_PROCESSOR = "open-run";
  private static final String SPLIT_PROCESSOR = "follow-split";
  private static final String DETECTIONS_PROCESSOR = "count-detections";

  private static final String RENDER_PROCESSOR = "keep-render";
  private static final String RENDER_EVENT_PROCESSOR = "follow-render";

  private final EventSerdes events;
  private final ProcessorSupplier<String, Object, String, Object> watch;
  private final Optional<String> deadLetterTopic;

  private VideoLedgerTopology(
      EventSerdes events,
      ProcessorSupplier<String, Object, String, Object> watch,
      Optional<String> deadLetterTopic) {
    this.events = events;
    this.watch = watch;
    this.deadLetterTopic = deadLetterTopic;
  }

  /**
   * The topology that works.
   *
   * @param reach how far the detectors have read, so that what merely waits isn't taken for lost
   */
  static VideoLedgerTopology working(
      EventSerdes events, TopologySettings settings, DetectorReach reach) {
    return new VideoLedgerTopology(
        events,
        () -> new RunWatch(settings.stallTimeout(), reach),
        Optional.of(settings.deadLetterTopic()));
  }

  /** The stores alone: nothing is published, no run is watched, and there are no changelogs. */
  static VideoLedgerTopology rebuilding(EventSerdes events) {
    return new VideoLedgerTopology(events, Discarded::new, Optional.empty());
  }

  private boolean publishes() {
    return deadLetterTopic.isPresent();
  }

  @Override
  public Topology get() {
    Topology topology = new Topology();
    addSteps(topology);
    topology.addProcessor(WATCH, watch, RUN_PROCESSOR, SPLIT_PROCESSOR, DETECTIONS_PROCESSOR);
    addOutlets(topology);
    addStores(topology);
    return topology;
  }

  private void addSteps(Topology topology) {
    addStep(topology, Topics.SUBMISSIONS, SUBMISSION_PROCESSOR, SubmissionProcessor::new);
    addStep(topology, Topics.RUNS, RUN_PROCESSOR, RunProcessor::new);
    addStep(topology, Topics.SPLITS, SPLIT_PROCESSOR, SplitProcessor::new);
    addStep(
        topology,
        Topics.DETECTIONS,
        ReceivedBatch.deserializer(events.deserializer(Topics.DETECTIONS)),
        DETECTIONS_PROCESSOR,
        DetectionsProcessor::new);
    addStep(topology, Topics.RENDERS, RENDER_PROCESSOR, RenderProcessor::new);
    addStep(topology, Topics.RENDER_EVENTS, RENDER_EVENT_PROCESSOR, RenderEventProcessor::new);
  }

  private <V extends SpecificRecord> void addStep(
      Topology topology,
      Topic<V> topic,
      String processor,
      ProcessorSupplier<String, V, String, Object> supplier) {
    addStep(topology, topic, events.deserializer(topic), processor, supplier);
  }

  private static <V> void addStep(
      Topology topology,
      Topic<?> topic,
      Deserializer<V> values,
      String processor,
      ProcessorSupplier<String, V, String, Object> supplier) {
    String source = topic.name() + "-source";
    topology.addSource(source, new StringDeserializer(), values, topic.name());
    topology.addProcessor(processor, supplier, source);
  }

  private void addOutlets(Topology topology) {
    addOutlet(
        topology,
        RESULTS_SINK,
        Topics.RESULTS,
        RUN_PROCESSOR,
        SPLIT_PROCESSOR,
        DETECTIONS_PROCESSOR,
        WATCH);
    addOutlet(topology, PROGRESS_SINK, Topics.PROGRESS, DETECTIONS_PROCESSOR, WATCH);
    addOutlet(topology, DETECTIONS_SINK, Topics.DETECTIONS, DETECTIONS_PROCESSOR, WATCH);
    addOutlet(topology, REPAIRS_SINK, Topics.REPAIRS, RUN_PROCESSOR, WATCH);
    addOutlet(topology, RENDER_EVENTS_SINK, Topics.RENDER_EVENTS, RENDER_EVENT_PROCESSOR);
    addOutlet(
        topology,
        DEAD_LETTER_SINK,
        deadLetterTopic.orElse(""),
        new ByteArraySerializer(),
        DETECTIONS_PROCESSOR);
  }

  private <V extends SpecificRecord> void addOutlet(
      Topology topology, String sink, Topic<V> topic, String... parents) {
    addOutlet(topology, sink, topic.name(), events.serializer(topic), parents);
  }

  private <V> void addOutlet(
      Topology topology, String sink, String topic, Serializer<V> values, String... parents) {
    if (publishes()) {
      topology.addSink(sink, topic, new StringSerializer(), values, byOwner(), parents);
    } else {
      topology.addProcessor(sink, Discarded::new, parents);
    }
  }

  // Every topic that is written to has its records where the video's are, as the sources have.
  private static <V> StreamPartitioner<String, V> byOwner() {
    return (topic, key, value, partitions) ->
        key == null
            ? Optional.empty()
            : Optional.of(Set.of(Partitioning.BY_OWNER.partition(Keys.owner(key), partitions)));
  }

  private void addStores(Topology topology) {
    StoreSerdes serdes = new StoreSerdes(events);
    // Submissions and renders need no run; sharing a store with the others keeps all of a video in
    // one task.
    topology.addStateStore(
        store(RUNS, serdes.runs()),
        SUBMISSION_PROCESSOR,
        RUN_PROCESSOR,
        SPLIT_PROCESSOR,
        DETECTIONS_PROCESSOR,
        RENDER_PROCESSOR,
        RENDER_EVENT_PROCESSOR,
        WATCH);
    topology.addStateStore(store(SUBMISSIONS, serdes.submissions()), SUBMISSION_PROCESSOR);
    topology.addStateStore(
        store(SPLITS, serdes.splits()),
        RUN_PROCESSOR,
        SPLIT_PROCESSOR,
        DETECTIONS_PROCESSOR,
        WATCH);
    topology.addStateStore(
        store(DETECTIONS, serdes.detections()),
        RUN_PROCESSOR,
        SPLIT_PROCESSOR,
        DETECTIONS_PROCESSOR,
        WATCH);
    topology.addStateStore(store(RENDERS, serdes.renders()), RENDER_PROCESSOR);
    topology.addStateStore(store(RENDER_EVENTS, serdes.renderEvents()), RENDER_EVENT_PROCESSOR);
  }

  // Unbuffered, because a range over a store doesn't see what a buffer still holds.
  private <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
    StoreBuilder<KeyValueStore<String, V>> store =
        Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
            .withCachingDisabled();
    return publishes()
        ? store.withLoggingEnabled(
            Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topics.MAX_RECORD_BYTES)))
        : store.withLoggingDisabled();
  }
}
