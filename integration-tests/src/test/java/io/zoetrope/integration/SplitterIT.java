package io.zoetrope.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zoetrope.cli.broker.EmbeddedBroker;
import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.events.BatchRun;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitCompleted;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.events.VideoRejected;
import io.zoetrope.events.VideoSubmitted;
import io.zoetrope.events.WantedRun;
import io.zoetrope.samples.Samples;
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
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The splitter on a real broker: what producers may send, and what becomes of it. */
class SplitterIT {
  @TempDir static Path folder;
  private static DataFolder data;
  private static EmbeddedBroker broker;
  private static Map<String, Object> kafka;
  private static LogSchemaRegistry registry;
  private static EventSerdes serdes;
  private static FileMediaStore store;
  private static VideoSplitter splitter;

  @BeforeAll
  static void start() throws Exception {
    data = DataFolder.open(folder.resolve("data"));
    broker = EmbeddedBroker.start(data);
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(kafka)) {
      TopicCreation.ensure(admin, Topics.all());
    }
    registry = LogSchemaRegistry.open(kafka);
    serdes = new EventSerdes(registry);
    store = FileMediaStore.open(folder.resolve("media"), List.of());
    splitter = splitter("a");
    splitter.start();
  }

  @AfterAll
  static void stop() throws Exception {
    splitter.close();
    registry.close();
    broker.close();
    data.close();
  }

  @Test
  void shouldCutASubmittedVideoForEveryRunAtOnce() throws Exception {
    StoredVideo video = demo();
    WantedRun strict = new WantedRun(null, 0.6f, null, null, null, false);
    WantedRun other = new WantedRun("other-model", null, null, null, null, false);

    submit("cut", video, video.sha256(), List.of(strict, other));

    SubmissionAccepted accepted = first(Topics.SUBMISSIONS, s -> s.getSubmissionId().equals("cut"));
    List<RunRequested> runs = all(Topics.RUNS, r -> accepted.getRunIds().contains(r.getRunId()));
    assertThat(runs).extracting(RunRequested::getModelId).containsExactly("model", "other-model");
    SplitEvent split =
        first(Topics.SPLITS, s -> s.getRunIds().containsAll(accepted.getRunIds()) && completed(s));
    SplitCompleted facts = (SplitCompleted) split.getState();
    assertThat(facts.getExpectedFrames()).isEqualTo(Samples.VIDEO_FRAMES);
    List<FrameBatch> batches =
        all(Topics.FRAME_BATCHES, b -> runsOf(b).containsAll(accepted.getRunIds()));
    assertThat(batches)
        .extracting(FrameBatch::getSequence)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, facts.getBatches()).boxed().toList());
    assertThat(batches.stream().mapToInt(FrameBatch::getExpectedFrames).sum())
        .isEqualTo(Samples.VIDEO_FRAMES);
  }

  @Test
  void shouldPublishAVideoOnceHoweverOftenItIsSubmitted() throws Exception {
    StoredVideo video = demo();
    List<WantedRun> wanted = List.of(new WantedRun("once", null, null, null, null, false));

    submit("once-1", video, null, wanted);
    SubmissionAccepted first = first(Topics.SUBMISSIONS, s -> s.getSubmissionId().equals("once-1"));
    first(Topics.SPLITS, s -> s.getRunIds().containsAll(first.getRunIds()) && completed(s));
    submit("once-2", video, null, wanted);
    SubmissionAccepted second =
        first(Topics.SUBMISSIONS, s -> s.getSubmissionId().equals("once-2"));
    // A later video of the same partition has been cut, so the second submission was seen to.
    submit("once-3", video, null, List.of(new WantedRun("later", null, null, null, null, false)));
    SubmissionAccepted third = first(Topics.SUBMISSIONS, s -> s.getSubmissionId().equals("once-3"));
    first(Topics.SPLITS, s -> s.getRunIds().containsAll(third.getRunIds()) && completed(s));

    assertThat(second.getRunIds()).isEqualTo(first.getRunIds());
    assertThat(all(Topics.FRAME_BATCHES, b -> runsOf(b).containsAll(first.getRunIds())))
        .extracting(FrameBatch::getSequence)
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldRejectWhatIsNoVideo() throws Exception {
    StoredVideo text = store.put(new ByteArrayInputStream("no video".getBytes(UTF_8)), 8);

    submit("text", text, null, List.of());

    SubmissionAccepted accepted =
        first(Topics.SUBMISSIONS, s -> s.getSubmissionId().equals("text"));
    SplitEvent split = first(Topics.SPLITS, s -> s.getRunIds().containsAll(accepted.getRunIds()));
    assertThat(split.getState())
        .isInstanceOfSatisfying(
            VideoRejected.class,
            rejected -> assertThat(rejected.getCode()).isEqualTo("MEDIA_UNRECOGNISED"));
  }

  @Test
  void shouldSetAsideWhatCannotBeUsedAndSayWhy() throws Exception {
    StoredVideo video = demo();
    Path outside = Files.writeString(folder.resolve("outside.mp4"), "x");
    WantedRun absurd = new WantedRun(null, 7f, null, null, null, false);

    submit("wrong-hash", video, "00".repeat(32), List.of());
    submit("absurd", video, null, List.of(absurd));
    publish("outside", submitted("outside", outside.toUri().toString(), null, List.of()));
    publish("no-uri", submitted("no-uri", "::", null, List.of()));
    try (var producer =
        new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Topics.VIDEOS.name(), "foreign", new byte[] {1, 2})).get();
    }

    assertThat(deadLetterCode("wrong-hash")).isEqualTo("VIDEO_HASH_MISMATCH");
    assertThat(deadLetterCode("absurd")).isEqualTo("OPTION_INVALID");
    assertThat(deadLetterCode("outside")).isEqualTo("LOCATION_REFUSED");
    assertThat(deadLetterCode("no-uri")).isEqualTo("LOCATION_REFUSED");
    assertThat(deadLetterCode("foreign")).isEqualTo("RECORD_UNREADABLE");
  }

  private static VideoSplitter splitter(String instance) {
    RunDefaults defaults = new RunDefaults("model", 0.25f, 0.45f, 0);
    return new VideoSplitter(
        SplitterSettings.of(kafka, instance, defaults), serdes, store, new SimpleMeterRegistry());
  }

  private static StoredVideo demo() throws Exception {
    Path demo = Samples.copyVideo(folder);
    return store.put(Files.newInputStream(demo), Files.size(demo));
  }

  private static void submit(String id, StoredVideo video, String sha256, List<WantedRun> runs)
      throws Exception {
    publish(id, submitted(id, video.location().toString(), sha256, runs));
  }

  private static VideoSubmitted submitted(
      String id, String location, String sha256, List<WantedRun> runs) {
    return new VideoSubmitted(id, location, id + ".mp4", sha256, Map.of(), runs);
  }

  private static void publish(String key, VideoSubmitted submitted) throws Exception {
    try (var producer =
        new KafkaProducer<>(kafka, new StringSerializer(), serdes.serializer(Topics.VIDEOS))) {
      producer.send(Topics.VIDEOS.message(key, submitted)).get();
    }
  }

  private static boolean completed(SplitEvent event) {
    return event.getState() instanceof SplitCompleted;
  }

  private static List<String> runsOf(FrameBatch batch) {
    return batch.getRuns().stream().map(BatchRun::getRunId).toList();
  }

  private static <V extends SpecificRecord> V first(Topic<V> topic, Predicate<V> wanted) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> all(topic, wanted), found -> !found.isEmpty())
        .get(0);
  }

  private static <V extends SpecificRecord> List<V> all(Topic<V> topic, Predicate<V> wanted) {
    return read(topic).stream()
        .map(record -> serdes.deserializer(topic).deserialize(record.topic(), record.value()))
        .filter(wanted)
        .toList();
  }

  private static String deadLetterCode(String key) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                read(Topics.VIDEOS_DEAD_LETTER).stream()
                    .filter(letter -> letter.key().equals(key))
                    .map(letter -> letter.headers().lastHeader("zoetrope.error.code"))
                    .map(Header::value)
                    .map(value -> new String(value, UTF_8))
                    .toList(),
            found -> !found.isEmpty())
        .get(0);
  }

  /** All that is committed in a topic at the moment. */
  private static List<ConsumerRecord<String, byte[]>> read(DeclaredTopic topic) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, topic.partitions())
              .mapToObj(partition -> new TopicPartition(topic.name(), partition))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }
}
