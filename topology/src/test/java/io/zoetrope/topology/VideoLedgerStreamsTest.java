package io.zoetrope.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.topology.query.QueryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        .doesNotContainKeys("consumer.session.timeout.ms", "consumer.heartbeat.interval.ms");
  }

  @Test
  void shouldRefuseQuestionsBeforeItRuns() {
    var settings = TopologySettings.of(stateDir, Map.of("bootstrap.servers", "127.0.0.1:1"));
    try (var streams = new VideoLedgerStreams(settings, new EventSerdes(new SchemaCatalogue()))) {
      assertThat(streams.ready()).isFalse();
      assertThat(streams.alive()).isTrue();
      assertThatThrownBy(() -> streams.queries().videos(10, null))
          .isInstanceOfSatisfying(
              QueryException.class, e -> assertThat(e.code()).isEqualTo("STORES_NOT_READY"));
    }
  }
}
