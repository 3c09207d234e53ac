package io.zoetrope.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupSessionTest {
  private final Map<MetricName, Metric> metrics = new HashMap<>();
  private final GroupSession session = new GroupSession(() -> metrics, Duration.ofSeconds(6));

  @ParameterizedTest(name = "last heartbeat {0} s ago: {1}")
  @CsvSource({"0, true", "6, true", "7, false", "-1, true"})
  void shouldLastAsLongAsTheGroupHasHeardOfEveryThread(double secondsAgo, boolean lasts) {
    heartbeat("app-1-StreamThread-1-consumer", 0);
    heartbeat("app-1-StreamThread-2-consumer", secondsAgo);

    assertThat(session.lasts()).isEqualTo(lasts);
  }

  @Test
  void shouldLastWhereNothingIsKnown() {
    assertThat(session.lasts()).isTrue();

    heartbeat("app-1-StreamThread-1-consumer", 60);

    assertThat(session.lasts()).isFalse();
  }

  private void heartbeat(String client, double secondsAgo) {
    MetricName name =
        new MetricName(
            "last-heartbeat-seconds-ago",
            "consumer-coordinator-metrics",
            "",
            Map.of("client-id", client));
    metrics.put(
        name,
        new Metric() {
          @Override
          public MetricName metricName() {
            return name;
          }

          @Override
          public Object metricValue() {
            return secondsAgo;
          }
        });
  }
}
