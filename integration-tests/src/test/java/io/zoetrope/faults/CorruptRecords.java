package io.zoetrope.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.cli.client.Run;
import io.zoetrope.faults.Verifier.Verdict;
import io.zoetrope.faults.Workload.Wanted;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records that nobody can read, between good ones and in the place of one. */
@ExtendWith(OneStage.class)
class CorruptRecords {
  private static final int CORRUPT_A_VIDEO = 2;

  private final Installation installation;
  private final Workload workload;
  private final Verifier verifier;
  private final long seed = Long.getLong("zoetrope.seed", System.nanoTime());
  private final Random random = new Random(seed);

  CorruptRecords(Stage stage) {
    this.installation = stage.installation();
    this.workload = stage.workload();
    this.verifier = stage.verifier();
  }

  @AfterEach
  void bringEverybodyBack() {
    installation.bringEverybodyBack();
  }

  @Test
  void shouldLoseNothingBetweenRecordsThatNobodyCanRead() throws Exception {
    System.out.printf("seed %d%n", seed);
    // Five batches each, their detections, and what leads to them: some twenty records.
    int videos = Scale.CHOSEN.of(50, 500);
    List<Wanted> wanted = new ArrayList<>();
    for (int video = 0; video < videos; video++) {
      wanted.add(workload.submitSampled(installation.client()));
      inject(CORRUPT_A_VIDEO);
    }

    Workload.awaitEnd(installation.client(), wanted);

    Verdict verdict = verifier.verify(wanted);
    System.out.printf("among %d corrupt records: %s%n", videos * CORRUPT_A_VIDEO, verdict);
  }

  @Test
  void shouldNameABatchThatIsSpoiltUntilItIsReplayed() throws Exception {
    // Given a video that is cut, and not detected yet
    List<Role> detectors =
        IntStream.rangeClosed(1, Stage.DETECTORS).mapToObj(installation::detector).toList();
    detectors.forEach(Role::kill);
    Wanted wanted = workload.submit(installation.client(), 1).get(0);
    List<ConsumerRecord<byte[], byte[]>> batches = Workload.awaitBatches(installation, wanted);

    // When one of its batches is spoilt
    int spoilt = random.nextInt(batches.size());
    replace(batches, spoilt);
    detectors.forEach(Role::start);
    Workload.awaitEnd(installation.client(), List.of(wanted));

    // Then it is failed, by name and exactly
    Run run = installation.client().run(wanted.videoId(), wanted.runId());
    int sequence = Keys.sequence(new String(batches.get(spoilt).key(), UTF_8));
    assertThat(run.status()).isEqualTo(Run.Status.INCOMPLETE);
    assertThat(run.frames().failed()).isEqualTo(Workload.FRAMES_A_BATCH);
    assertThat(run.missing())
        .singleElement()
        .satisfies(
            missing -> {
              assertThat(missing.firstFrame()).isEqualTo((long) sequence * Workload.FRAMES_A_BATCH);
              assertThat(missing.lastFrame())
                  .isEqualTo(missing.firstFrame() + Workload.FRAMES_A_BATCH - 1);
              assertThat(missing.code()).isEqualTo("RECORD_UNREADABLE");
            });

    // And when it is replayed nothing is missing any more
    try (ChildProcess replay =
        installation.command(
            "replay", List.of("dead-letters", "replay", "--all", "--topic", "frame-batches"))) {
      assertThat(replay.awaitEnd()).as(replay.err()).isZero();
    }
    Workload.awaitComplete(installation.client(), wanted);
    verifier.verifyStores(List.of(wanted));
  }

  /** Garbage under keys that could be, in every topic that a role reads. */
  private void inject(int records) throws Exception {
    List<Topic<?>> topics = List.of(Topics.FRAME_BATCHES, Topics.DETECTIONS, Topics.VIDEOS);
    try (var producer = producer()) {
      for (int i = 0; i < records; i++) {
        Topic<?> topic = topics.get(random.nextInt(topics.size()));
        byte[] garbage = new byte[random.nextInt(200)];
        random.nextBytes(garbage);
        String key = "%s%d/none/%08d".formatted(CommittedLog.NOBODY, random.nextInt(100), i);
        producer
            .send(
                new ProducerRecord<>(
                    topic.name(), topic.partition(key), key.getBytes(UTF_8), garbage))
            .get();
      }
    }
  }

  /** The same records once more in the place of those that are there, one of them spoilt. */
  private void replace(List<ConsumerRecord<byte[], byte[]>> batches, int spoilt) throws Exception {
    try (Admin admin = Admin.create(installation.kafka());
        var producer = producer()) {
      Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
      for (ConsumerRecord<byte[], byte[]> batch : batches) {
        before.put(
            new TopicPartition(batch.topic(), batch.partition()), RecordsToDelete.beforeOffset(-1));
      }
      admin.deleteRecords(before).all().get();
      for (int i = 0; i < batches.size(); i++) {
        ConsumerRecord<byte[], byte[]> batch = batches.get(i);
        byte[] value = i == spoilt ? "spoilt".getBytes(UTF_8) : batch.value();
        producer
            .send(
                new ProducerRecord<>(
                    batch.topic(), batch.partition(), batch.key(), value, batch.headers()))
            .get();
      }
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        installation.kafka(), new ByteArraySerializer(), new ByteArraySerializer());
  }
}
