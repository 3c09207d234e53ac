package io.zoetrope.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsPulseTest {
  private final Map<MetricName, Metric> metrics = new HashMap<>();
  private final StreamsPulse pulse = new StreamsPulse(() -> metrics);

  @ParameterizedTest(name = "last polled {0} s ago: {1}")
  @CsvSource({"0, true", "300, true", "301, false", "-1, true"})
  void shouldTellAThreadThatIsStuckByItsLastPoll(double secondsAgo, boolean beating) {
    poll("app-1-StreamThread-1-consumer", 0);
    poll("app-1-StreamThread-2-consumer", secondsAgo);

    assertThat(pulse.isBeating()).isEqualTo(beating);
  }

  @Test
  void shouldNotMindAConsumerThatRestoresNothing() {
    poll("app-1-StreamThread-1-consumer", 1);
    poll("app-1-StateUpdater-1-restore-consumer", 900);
    poll("app-1-StreamThread-1-restore-consumer", 900);

    assertThat(pulse.isBeating()).isTrue();
  }

  private void poll(String client, double secondsAgo) {
    MetricName name =
        new MetricName(
            "last-poll-seconds-ago", "consumer-metrics", "", Map.of("client-id", client));
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
