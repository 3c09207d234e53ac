package io.zoetrope.integration;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.cli.broker.EmbeddedBroker;
import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.Detection;
import io.zoetrope.events.Failure;
import io.zoetrope.events.FrameDetections;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.events.RunOptions;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.events.SplitProgress;
import io.zoetrope.schemas.DeclaredTopic;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.TopicCreation;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.LogSchemaRegistry;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.topology.TopologySettings;
import io.zoetrope.topology.VideoLedgerStreams;
import io.zoetrope.topology.query.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topology on a real broker; splitter and detectors are played by the test. */
final class LedgerRig implements AutoCloseable {
  static final String MODEL = "yolo-0123456789ab";
  static final int BATCH_FRAMES = 4;

  private static final Duration POLL = Duration.ofMillis(100);

  private final DataFolder data;
  private final EmbeddedBroker broker;
  private final LogSchemaRegistry registry;
  private final Map<String, Object> kafka;
  private final EventSerdes serdes;
  private final VideoLedgerStreams topology;

  LedgerRig(Path folder, Duration stallTimeout) throws Exception {
    data = DataFolder.open(folder.resolve("data"));
    broker = EmbeddedBroker.start(data);
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(kafka)) {
      TopicCreation.ensure(admin, Topics.all());
    }
    registry = LogSchemaRegistry.open(kafka);
    serdes = new EventSerdes(registry);
    topology =
        new VideoLedgerStreams(
            TopologySettings.of(data.state(), kafka).withStallTimeout(stallTimeout), serdes);
    topology.start();
    Service.await().until(topology::ready);
  }

  Map<String, Object> kafka() {
    return kafka;
  }

  EventSerdes serdes() {
    return serdes;
  }

  Path dataFolder() {
    return data.path();
  }

  VideoLedgerStreams topology() {
    return topology;
  }

  Run run(String videoId, String runId) {
    return topology.queries().run(videoId, runId).value().orElseThrow();
  }

  /** Asks for a run of which so many batches are published. */
  void open(String videoId, String runId, int published) throws Exception {
    String splitId = "split-" + videoId.substring(0, 4);
    publish(
        Topics.RUNS,
        Keys.run(videoId, runId),
        new RunRequested(
            videoId,
            runId,
            MODEL,
            "file:///media/" + videoId,
            splitId,
            new SplitOptions(-1, 0, 1, null, false),
            new RunOptions(0.25f, 0.45f, null),
            1));
    publish(
        Topics.SPLITS,
        Keys.split(videoId, splitId),
        new SplitEvent(
            videoId,
            splitId,
            List.of(runId),
            new SplitProgress(
                published, (long) published * BATCH_FRAMES, null, List.of(runId), null)));
  }

  void detect(BatchDetections batch) throws Exception {
    publish(Topics.DETECTIONS, key(batch), batch);
  }

  static String key(BatchDetections batch) {
    return Keys.detections(batch.getVideoId(), batch.getRunId(), batch.getSequence());
  }

  static BatchDetections batch(String videoId, String runId, int sequence) {
    List<FrameDetections> frames = new ArrayList<>();
    long first = (long) sequence * BATCH_FRAMES;
    for (long frame = first; frame < first + BATCH_FRAMES; frame++) {
      frames.add(
          new FrameDetections(
              frame,
              frame * 40_000,
              FrameStatus.PROCESSED,
              null,
              64,
              48,
              List.of(new Detection(0, 0.5f, (float) frame, 2f, 3f, 4f))));
    }
    return batch(videoId, runId, sequence, null, frames);
  }

  static BatchDetections failedBatch(String videoId, String runId, int sequence) {
    return batch(videoId, runId, sequence, new Failure("DECODER_FAILED", "no decoder"), List.of());
  }

  private static BatchDetections batch(
      String videoId, String runId, int sequence, Failure failure, List<FrameDetections> frames) {
    return new BatchDetections(
        videoId,
        runId,
        "split-" + videoId.substring(0, 4),
        MODEL,
        sequence,
        (long) sequence * BATCH_FRAMES,
        BATCH_FRAMES,
        List.of("shape"),
        failure,
        frames);
  }

  <V extends SpecificRecord> void publish(Topic<V> topic, String key, V value) throws Exception {
    publishBytes(topic, key, serdes.serializer(topic).serialize(topic.name(), value));
  }

  void publishBytes(Topic<?> topic, String key, byte[] value) throws Exception {
    try (var producer =
        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(record(topic, key, value)).get();
    }
  }

  /** Publishes a record and takes it back. */
  void publishInVain(Topic<?> topic, String key) throws Exception {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("transactional.id", "in-vain-" + key);
    try (var producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record(topic, key, new byte[] {1})).get();
      producer.abortTransaction();
    }
  }

  private static ProducerRecord<byte[], byte[]> record(Topic<?> topic, String key, byte[] value) {
    return new ProducerRecord<>(topic.name(), topic.partition(key), key.getBytes(UTF_8), value);
  }

  /** The detectors of the model have read all that lies in the topic of frame batches. */
  void detectorsReadAll() {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("group.id", "zoetrope-detector-" + MODEL);
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.commitSync(
          consumer.endOffsets(partitions(Topics.FRAME_BATCHES)).entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey, end -> new OffsetAndMetadata(end.getValue()))));
    }
  }

  /** What can be read of a topic. */
  <V extends SpecificRecord> List<V> values(Topic<V> topic) {
    List<V> values = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records(topic)) {
      try {
        values.add(serdes.deserializer(topic).deserialize(record.topic(), record.value()));
      } catch (SerializationException e) {
        // Put there by a test that is about such records.
      }
    }
    return values;
  }

  /** All that is committed in a topic at the moment. */
  List<ConsumerRecord<byte[], byte[]>> records(DeclaredTopic topic) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("isolation.level", "read_committed");
    Set<TopicPartition> partitions = partitions(topic);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return records;
  }

  private static Set<TopicPartition> partitions(DeclaredTopic topic) {
    return IntStream.range(0, topic.partitions())
        .mapToObj(partition -> new TopicPartition(topic.name(), partition))
        .collect(Collectors.toSet());
  }

  @Override
  public void close() throws IOException {
    topology.close();
    registry.close();
    broker.close();
    data.close();
  }
}
