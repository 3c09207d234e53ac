package io.zoetrope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.cli.broker.EmbeddedBroker;
import io.zoetrope.cli.cluster.ClusterCheck;
import io.zoetrope.cli.cluster.ClusterUse;
import io.zoetrope.cli.cluster.GroupWatch;
import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.events.ModelAnnounced;
import io.zoetrope.schemas.DeclaredTopic;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.Groups;
import io.zoetrope.schemas.TopicCreation;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.models.ModelAnnouncement;
import io.zoetrope.schemas.models.ModelDirectory;
import io.zoetrope.schemas.registry.LogSchemaRegistry;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the processes of a cluster do with it before they work on it, against a real broker. */
class ClusterIT {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private DataFolder data;
  private EmbeddedBroker broker;
  private Admin admin;

  @BeforeEach
  void start() {
    data = DataFolder.open(folder.resolve("broker"));
    broker = EmbeddedBroker.start(data);
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterEach
  void stop() throws Exception {
    admin.close();
    broker.close();
    data.close();
  }

  @Test
  void shouldMakeTopicsAndSayWhatDiffers() throws Exception {
    // Given a cluster with one topic, which has too few partitions
    admin.createTopics(List.of(new NewTopic(Topics.RUNS.name(), 12, (short) 1))).all().get();

    // When and then: a role names all that is missing
    assertThatThrownBy(() -> new ClusterCheck(admin, "b:1").require(useOf(Topics.VIDEOS), "a"))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.code()).isEqualTo("TOPICS_MISSING"))
        .hasMessage(
            "the Kafka cluster at b:1 has no zoetrope.videos.v1; make what is missing with `zoetrope topics create --bootstrap-servers b:1`");

    // and `create` makes it, and names the one that can't be worked with
    assertThat(run("create")).isEqualTo(1);
    assertThat(out.toString())
        .contains("made zoetrope.videos.v1: 24 partitions", "made zoetrope.models.v1: 1 partition")
        .doesNotContain("made zoetrope.runs.v1")
        .containsPattern("zoetrope\\.runs\\.v1 +partitions +12 +24 +can't work");
    assertThatThrownBy(() -> new ClusterCheck(admin, "b:1").require(useOf(Topics.RUNS), "a"))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.code()).isEqualTo("TOPIC_MISMATCH"))
        .hasMessageStartingWith("topic zoetrope.runs.v1: partitions is 12, but has to be 24");

    // and where that one is made anew, all is well
    admin.deleteTopics(List.of(Topics.RUNS.name())).all().get();
    await().until(() -> !admin.listTopics().names().get().contains(Topics.RUNS.name()));
    assertThat(run("create")).isZero();
    assertThat(run("check")).isZero();
    assertThat(out.toString())
        .endsWith("All %d topics are as they should be.%n".formatted(Topics.all().size()));
    new ClusterCheck(admin, "b:1").require(useOf(Topics.RUNS), "a");

    // and what is an operator's choice is told, and what loses records is refused
    alter(ConfigResource.Type.TOPIC, Topics.VIDEOS.name(), Map.of("retention.ms", "1000"));
    assertThat(run("check")).isZero();
    assertThat(out.toString())
        .containsPattern("zoetrope\\.videos\\.v1 +retention\\.ms +1000 +604800000 +your choice");
    alter(ConfigResource.Type.TOPIC, Topics.DETECTIONS.name(), Map.of("cleanup.policy", "delete"));
    assertThat(run("check")).isEqualTo(1);
    assertThat(out.toString())
        .containsPattern("detections\\.v1 +cleanup\\.policy +delete +compact +can't work");
  }

  @Test
  void shouldSetHowSoonADeathIsNoticed() throws Exception {
    alter(
        ConfigResource.Type.GROUP,
        Groups.SPLITTER,
        Map.of("consumer.session.timeout.ms", "20000", "consumer.heartbeat.interval.ms", "5000"));

    run("check");
    assertThat(out.toString())
        .contains(
            "a process of the group zoetrope-splitter that dies is noticed after 20 s rather than 6"
                + " (`zoetrope topics create` sets it)");

    assertThat(run("create")).isZero();
    ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, Groups.SPLITTER);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        admin
                            .describeConfigs(List.of(group))
                            .all()
                            .get()
                            .get(group)
                            .get("consumer.session.timeout.ms")
                            .value())
                    .isEqualTo("6000"));
  }

  @Test
  void shouldFollowTheModelsThatDetectorsAnnounce() {
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    TopicCreation.ensure(admin, Topics.all());
    try (LogSchemaRegistry registry = LogSchemaRegistry.open(kafka);
        ModelDirectory models =
            ModelDirectory.follow(kafka, new EventSerdes(registry), Optional.empty(), List.of())) {
      // Given nobody has announced a model
      await().until(models::ready);
      assertThatThrownBy(models::defaultId)
          .isInstanceOfSatisfying(
              EventException.class, e -> assertThat(e.code()).isEqualTo("MODEL_AWAITED"));

      // When a detector does
      announce(kafka, registry, "a-0123456789ab", "car");

      // Then it is the default
      await().until(() -> models.ids().equals(List.of("a-0123456789ab")));
      assertThat(models.defaultId()).isEqualTo("a-0123456789ab");
      assertThat(models.labels().byModel())
          .containsExactly(Map.entry("a-0123456789ab", List.of("car")));

      // Until there is another
      announce(kafka, registry, "b-0123456789ab", "bus");
      await().until(() -> models.ids().size() == 2);
      assertThatThrownBy(models::defaultId)
          .isInstanceOfSatisfying(
              EventException.class, e -> assertThat(e.code()).isEqualTo("MODEL_UNDECIDED"));
      assertThat(models.idOf("b")).isEqualTo("b-0123456789ab");

      // And then there isn't any more
      assertThat(
              execute(
                  "models",
                  "forget",
                  "a-0123456789ab",
                  "--bootstrap-servers",
                  broker.bootstrapServers()))
          .isZero();
      await().until(() -> models.ids().equals(List.of("b-0123456789ab")));
      assertThat(models.defaultId()).isEqualTo("b-0123456789ab");
    }
  }

  @Test
  void shouldFreeAGroupFromAMemberThatHoldsItUp() throws Exception {
    // Given a member that has all partitions, and doesn't give up any when another one joins
    String group = "held-up";
    admin.createTopics(List.of(new NewTopic("work", 4, (short) 1))).all().get();
    try (Consumer<byte[], byte[]> silent = member(group);
        Consumer<byte[], byte[]> other = member(group)) {
      await().until(() -> assigned(silent) == 4);
      await().until(() -> awaitsPartitions(group, other));

      // When the group is watched
      GroupWatch watch =
          GroupWatch.start(
              Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers())),
              List.of(group),
              Duration.ofMillis(200),
              Duration.ofSeconds(1));
      try {
        // Then the other one gets them, long before the first has to poll again
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> assigned(other) == 4);
      } finally {
        watch.close();
      }
    }
  }

  private Consumer<byte[], byte[]> member(String group) {
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                group,
                "group.protocol",
                "consumer"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    // Only who polls is told, and only who has been told gives partitions up.
    consumer.subscribe(
        List.of("work"),
        new ConsumerRebalanceListener() {
          @Override
          public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

          @Override
          public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
        });
    return consumer;
  }

  private static int assigned(Consumer<byte[], byte[]> consumer) {
    consumer.poll(Duration.ofMillis(100));
    return consumer.assignment().size();
  }

  private boolean awaitsPartitions(String group, Consumer<byte[], byte[]> consumer)
      throws Exception {
    assertThat(assigned(consumer)).isLessThan(4);
    ConsumerGroupDescription found =
        admin.describeConsumerGroups(List.of(group)).all().get().get(group);
    return found.members().size() == 2 && found.groupState() == GroupState.RECONCILING;
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofMinutes(5));
  }

  private static void announce(
      Map<String, Object> kafka, LogSchemaRegistry registry, String modelId, String label) {
    ModelAnnouncement.publish(
        kafka,
        new EventSerdes(registry),
        List.of(new ModelAnnounced(modelId, List.of(label), "ultralytics-v8")));
  }

  private static ClusterUse useOf(DeclaredTopic topic) {
    return new ClusterUse(List.of(topic), List.of(topic), List.of(Groups.SPLITTER));
  }

  private void alter(ConfigResource.Type type, String name, Map<String, String> values)
      throws Exception {
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(type, name),
                values.entrySet().stream()
                    .map(e -> new ConfigEntry(e.getKey(), e.getValue()))
                    .map(e -> new AlterConfigOp(e, AlterConfigOp.OpType.SET))
                    .toList()))
        .all()
        .get();
  }

  private int run(String command) {
    return execute("topics", command, "--bootstrap-servers", broker.bootstrapServers());
  }

  private int execute(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return CommandTree.create(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(arguments);
  }
}
