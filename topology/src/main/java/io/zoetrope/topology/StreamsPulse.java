package io.zoetrope.topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Tells stream threads that go round from those that are stuck in a record, a store or a commit: by
 * when their consumers last polled, which a thread does once a turn, restoring or not. Any thread.
 */
final class StreamsPulse {
  /**
   * More than a thread waits for brokers that are away, in a commit or in several calls that give
   * up after a minute each; and what the group lets a member do without polling.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String GROUP = "consumer-metrics";
  private static final String LAST_POLL = "last-poll-seconds-ago";

  private final Supplier<? extends Map<MetricName, ? extends Metric>> metrics;
  private volatile List<Metric> lastPolls = List.of();

  /**
   * @param metrics of {@code KafkaStreams}, whose threads, and so their metrics, are always the
   *     same
   */
  StreamsPulse(Supplier<? extends Map<MetricName, ? extends Metric>> metrics) {
    this.metrics = metrics;
  }

  /** Whether every thread's consumer has polled of late, or never yet. */
  boolean isBeating() {
    if (lastPolls.isEmpty()) {
      lastPolls = find();
    }
    return lastPolls.stream()
        .map(Metric::metricValue)
        .allMatch(
            seconds -> !(seconds instanceof Number n) || n.doubleValue() <= PATIENCE.toSeconds());
  }

  // There are thousands of metrics, and whoever waits for a start asks many times a second.
  private List<Metric> find() {
    return metrics.get().values().stream()
        .filter(metric -> isLastPollOfAThread(metric.metricName()))
        .<Metric>map(metric -> metric)
        .toList();
  }

  /** Not that of a restore consumer, which rests when nothing is to be restored. */
  private static boolean isLastPollOfAThread(MetricName name) {
    return name.group().equals(GROUP)
        && name.name().equals(LAST_POLL)
        && name.tags().getOrDefault("client-id", "").matches(".*-StreamThread-\\d+-consumer");
  }
}
