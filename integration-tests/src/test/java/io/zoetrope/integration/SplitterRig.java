package io.zoetrope.integration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zoetrope.cli.broker.EmbeddedBroker;
import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitCompleted;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.events.SplitProgress;
import io.zoetrope.events.VideoSubmitted;
import io.zoetrope.events.WantedRun;
import io.zoetrope.faults.CommittedLog;
import io.zoetrope.schemas.DeclaredTopic;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.TopicCreation;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.LogSchemaRegistry;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.splitter.SplitterSettings;
import io.zoetrope.splitter.VideoSplitter;
import io.zoetrope.store.FileMediaStore;
import io.zoetrope.store.StoredVideo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** A splitter on a real broker, and what it makes of submissions. */
final class SplitterRig implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final DataFolder data;
  private final EmbeddedBroker broker;
  private final Map<String, Object> kafka;
  private final LogSchemaRegistry registry;
  private final EventSerdes serdes;
  private final Path media;
  private final FileMediaStore store;
  private final SplitterSettings settings;
  private VideoSplitter splitter;

  /** One that doesn't wait for a topology, which there is none of. */
  SplitterRig(Path folder) throws Exception {
    this(
        folder,
        kafka ->
            SplitterSettings.of(kafka, "a", new RunDefaults("model", 0.25f, 0.45f, 0))
                .withBatchesAhead(Integer.MAX_VALUE));
  }

  /** One with the settings that come of those of the broker's clients. */
  SplitterRig(Path folder, Function<Map<String, Object>, SplitterSettings> how) throws Exception {
    data = DataFolder.open(folder.resolve("data"));
    broker = EmbeddedBroker.start(data);
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(kafka)) {
      TopicCreation.ensure(admin, Topics.all());
    }
    registry = LogSchemaRegistry.open(kafka);
    serdes = new EventSerdes(registry);
    media = folder.resolve("media");
    store = FileMediaStore.open(media, List.of());
    settings = how.apply(kafka);
    startSplitter();
  }

  void startSplitter() {
    splitter = new VideoSplitter(settings, serdes, store, new SimpleMeterRegistry());
    splitter.start();
  }

  void stopSplitter() {
    splitter.close();
  }

  /** A splitter in another process, while it isn't closed. */
  SplitterProcess otherSplitter() throws IOException {
    return SplitterProcess.start(kafka, media);
  }

  FileMediaStore store() {
    return store;
  }

  EventSerdes serdes() {
    return serdes;
  }

  /** For clients of the broker. */
  Map<String, Object> kafka() {
    return kafka;
  }

  StoredVideo store(Path video) throws IOException {
    try (InputStream bytes = Files.newInputStream(video)) {
      return store.put(bytes, Files.size(video));
    }
  }

  void submit(String id, String location, String sha256, List<WantedRun> runs) throws Exception {
    VideoSubmitted submitted =
        new VideoSubmitted(id, location, id + ".mp4", sha256, Map.of(), runs);
    publish(Topics.VIDEOS, id, submitted);
  }

  <V extends SpecificRecord> void publish(Topic<V> topic, String key, V value) throws Exception {
    try (var producer =
        new KafkaProducer<>(kafka, new StringSerializer(), serdes.serializer(topic))) {
      producer.send(topic.message(key, value)).get();
    }
  }

  /**
   * A video at the end of its cutting.
   *
   * @param records its frame batches as they lie on the broker, {@code batches} in the same order
   */
  record Cut(
      RunRequested run,
      Object end,
      List<ConsumerRecord<String, byte[]>> records,
      List<FrameBatch> batches) {
    SplitCompleted completed() {
      return (SplitCompleted) end;
    }
  }

  /** Submits a video for one run, and waits until it is cut. */
  Cut cut(Path video, WantedRun wanted) throws Exception {
    String id = UUID.randomUUID().toString();
    submit(id, store(video).location().toString(), null, List.of(wanted));
    String runId =
        first(Topics.SUBMISSIONS, s -> s.getSubmissionId().equals(id)).getRunIds().get(0);
    SplitEvent end =
        first(
            Topics.SPLITS,
            s -> s.getRunIds().contains(runId) && !(s.getState() instanceof SplitProgress));
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    List<FrameBatch> batches = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : read(Topics.FRAME_BATCHES)) {
      FrameBatch batch = value(Topics.FRAME_BATCHES, record);
      if (batch.getRuns().stream().anyMatch(run -> run.getRunId().equals(runId))) {
        records.add(record);
        batches.add(batch);
      }
    }
    return new Cut(
        first(Topics.RUNS, r -> r.getRunId().equals(runId)), end.getState(), records, batches);
  }

  <V extends SpecificRecord> V first(Topic<V> topic, Predicate<V> wanted) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> all(topic, wanted), found -> !found.isEmpty())
        .get(0);
  }

  <V extends SpecificRecord> List<V> all(Topic<V> topic, Predicate<V> wanted) {
    return read(topic).stream().map(record -> value(topic, record)).filter(wanted).toList();
  }

  private <V extends SpecificRecord> V value(
      Topic<V> topic, ConsumerRecord<String, byte[]> record) {
    return serdes.deserializer(topic).deserialize(record.topic(), record.value());
  }

  /** All that is committed in a topic at the moment. */
  List<ConsumerRecord<String, byte[]>> read(DeclaredTopic topic) {
    return CommittedLog.readBytes(kafka, new StringDeserializer(), topic);
  }

  @Override
  public void close() throws IOException {
    splitter.close();
    registry.close();
    broker.close();
    data.close();
  }
}
