package io.zoetrope.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.cli.error.UserError;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Exit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  private static final String TOPIC = "pictures";

  @TempDir Path temporary;

  @Test
  void shouldKeepWhatWasCommittedOverARestart() throws Exception {
    String first;
    String clusterId;
    try (DataFolder folder = DataFolder.open(temporary);
        EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
      first = broker.bootstrapServers();
      clusterId = createTopic(first);
      produce(first, List.of("committed"), true);
      produce(first, List.of("aborted"), false);
      assertThat(consume(first, "before", 1)).containsExactly("committed");
    }

    try (DataFolder folder = DataFolder.open(temporary);
        EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
      assertThat(broker.bootstrapServers()).isEqualTo(first);
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", first))) {
        assertThat(admin.describeCluster().clusterId().get()).isEqualTo(clusterId);
        assertThat(
                admin
                    .describeFeatures()
                    .featureMetadata()
                    .get()
                    .finalizedFeatures()
                    .get("transaction.version")
                    .maxVersionLevel())
            .isEqualTo((short) 2);
      }
      produce(first, List.of("after the restart"), true);
      assertThat(consume(first, "after", 2)).containsExactly("committed", "after the restart");
      assertThat(broker.fault().toCompletableFuture()).isNotDone();
      assertThatThrownBy(() -> Exit.halt(1, "the disk is full"))
          .isInstanceOf(IllegalStateException.class);
      assertThat(broker.fault().toCompletableFuture().get()).hasMessage("the disk is full");
    }
  }

  @Test
  void shouldTakeAnotherPortWhenItsOwnIsTaken() throws Exception {
    int port;
    try (DataFolder folder = DataFolder.open(temporary);
        EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
      createTopic(broker.bootstrapServers());
      port = Integer.parseInt(broker.bootstrapServers().replaceAll(".*:", ""));
    }

    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        DataFolder folder = DataFolder.open(temporary);
        EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
      assertThat(broker.bootstrapServers()).isNotEqualTo("127.0.0.1:" + other.getLocalPort());
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        assertThat(admin.listTopics().names().get()).contains(TOPIC);
      }
    }
  }

  @Test
  void shouldSayThatItsLogIsDamagedRatherThanStartAnew() throws Exception {
    try (DataFolder folder = DataFolder.open(temporary)) {
      Files.writeString(
          folder.broker().resolve("meta.properties"), "version=1\ncluster.id=another\nnode.id=7\n");

      assertThatThrownBy(() -> EmbeddedBroker.start(folder))
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.code()).isEqualTo("BROKER_FAILED"))
          .hasMessageContaining(folder.broker().toString());
    }
  }

  private static String createTopic(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
      return admin.describeCluster().clusterId().get();
    }
  }

  private static void produce(String servers, List<String> values, boolean commit)
      throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "transactional.id", "test"),
            new StringSerializer(),
            new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (String value : values) {
        producer.send(new ProducerRecord<>(TOPIC, value)).get();
      }
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  private static List<String> consume(String servers, String group, int expected) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "group.id",
                group,
                "group.protocol",
                "consumer",
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      List<String> values = new ArrayList<>();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .pollInSameThread()
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                return values.size() >= expected;
              });
      return values;
    }
  }
}
