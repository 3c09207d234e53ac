package io.zoetrope.topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Whether this instance still has the word of its group for what it owns. One that can't reach its
 * brokers goes on working on its partitions, so far as it can tell, while the group has long given
 * them to others. Any thread.
 */
final class GroupSession {
  private static final String GROUP = "consumer-coordinator-metrics";
  private static final String LAST_HEARTBEAT = "last-heartbeat-seconds-ago";

  private final Supplier<? extends Map<MetricName, ? extends Metric>> metrics;
  private final Duration timeout;
  private volatile List<Metric> lastHeartbeats = List.of();

  /**
   * The session that heartbeats keep up.
   *
   * @param metrics of {@code KafkaStreams}, whose threads, and so their metrics, are always the
   *     same
   * @param timeout after which the group gives partitions to others
   */
  GroupSession(Supplier<? extends Map<MetricName, ? extends Metric>> metrics, Duration timeout) {
    this.metrics = metrics;
    this.timeout = timeout;
  }

  /**
   * Whether every thread's heart beat within the time-out, or never yet. Where it didn't, the
   * partitions may all the same be this instance's: none beats while the group shares them out.
   */
  boolean lasts() {
    if (lastHeartbeats.isEmpty()) {
      lastHeartbeats = find();
    }
    return lastHeartbeats.stream()
        .map(Metric::metricValue)
        .allMatch(
            seconds -> !(seconds instanceof Number n) || n.doubleValue() <= timeout.toSeconds());
  }

  // There are thousands of metrics, and every question wants these few.
  private List<Metric> find() {
    return metrics.get().values().stream()
        .filter(metric -> isLastHeartbeat(metric.metricName()))
        .<Metric>map(metric -> metric)
        .toList();
  }

  private static boolean isLastHeartbeat(MetricName name) {
    return name.group().equals(GROUP) && name.name().equals(LAST_HEARTBEAT);
  }
}
