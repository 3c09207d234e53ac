package io.zoetrope.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.topology.query.Place;
import io.zoetrope.topology.query.QueryException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoLedgerStreamsTest {
  @TempDir Path stateDir;

  @Test
  void shouldRunExactlyOnceWithNamedStoresAndRoomForLargeBatches() {
    Properties properties =
        VideoLedgerStreams.properties(
            TopologySettings.of(stateDir, Map.of("bootstrap.servers", "broker:9092")));

    assertThat(properties)
        .containsEntry("application.id", "zoetrope-topology")
        .containsEntry("bootstrap.servers", "broker:9092")
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("commit.interval.ms", 1_000L)
        .containsEntry("ensure.explicit.internal.resource.naming", true)
        .containsEntry("producer.max.request.size", 10 * 1024 * 1024)
        .containsEntry("consumer.session.timeout.ms", 6_000)
        .containsEntry("consumer.heartbeat.interval.ms", 1_000)
        .containsEntry("state.dir", stateDir.toString())
        .containsEntry("errors.dead.letter.queue.topic.name", "zoetrope.topology.dead-letter.v1");
  }

  @Test
  void shouldLetKafkaSettingsStandAboveItsOwn() {
    Map<String, Object> kafka = Map.of("commit.interval.ms", 5, "security.protocol", "SASL_SSL");

    assertThat(VideoLedgerStreams.properties(TopologySettings.of(stateDir, kafka)))
        .containsEntry("commit.interval.ms", 5)
        .containsEntry("security.protocol", "SASL_SSL");
  }

  @Test
  void shouldLeaveTheSessionToTheBrokerUnderTheStreamsProtocol() {
    Map<String, Object> kafka = Map.of("group.protocol", "streams");

    assertThat(VideoLedgerStreams.properties(TopologySettings.of(stateDir, kafka)))
        .doesNotContainKeys(
            "consumer.session.timeout.ms",
            "consumer.heartbeat.interval.ms",
            "num.standby.replicas",
            "max.warmup.replicas");
  }

  @Test
  void shouldKeepCopiesWarmAndTellTheGroupWhereItIs() {
    TopologySettings settings =
        TopologySettings.of(stateDir, Map.of())
            .withAdvertised(URI.create("http://topology-2:8080/"))
            .withStandbys(1);

    assertThat(VideoLedgerStreams.properties(settings))
        .containsEntry("application.server", "topology-2:8080")
        .containsEntry("num.standby.replicas", 1)
        .containsEntry("max.warmup.replicas", 24)
        .containsEntry("probing.rebalance.interval.ms", 60_000L)
        .containsEntry("acceptable.recovery.lag", 10_000L);
  }

  @Test
  void shouldTellNobodyWhereItIsUnlessTold() {
    assertThat(VideoLedgerStreams.properties(TopologySettings.of(stateDir, Map.of())))
        .doesNotContainKey("application.server")
        .containsEntry("num.standby.replicas", 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topology:8080",
        "https://topology:8080",
        "http://topology",
        "http://topology:8080/path",
        "http://user@topology:8080"
      })
  void shouldRefuseAnAddressThatTheGroupCanNotCarry(String address) {
    TopologySettings settings = TopologySettings.of(stateDir, Map.of());

    assertThatThrownBy(() -> settings.withAdvertised(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(address);
  }

  @Test
  void shouldRefuseQuestionsBeforeItRuns() {
    var settings = TopologySettings.of(stateDir, Map.of("bootstrap.servers", "127.0.0.1:1"));
    try (var streams = new VideoLedgerStreams(settings, new EventSerdes(new SchemaCatalogue()))) {
      assertThat(streams.ready()).isFalse();
      assertThat(streams.alive()).isTrue();
      assertThat(streams.place(0)).isEqualTo(Place.UNKNOWN);
      assertThatThrownBy(() -> streams.queries().videos(Set.of(0), 10, null))
          .isInstanceOfSatisfying(
              QueryException.class, e -> assertThat(e.code()).isEqualTo("STORES_NOT_READY"));
    }
  }
}
