package io.zoetrope.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was accepted a moment ago and may not have reached the stores yet. Bounded in number and
 * time. Any thread.
 */
final class RecentlyAccepted<V> {
  private static final int MOST = 1_000;
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final Clock clock;
  private final Map<String, Entry<V>> entries = new LinkedHashMap<>();

  private record Entry<V>(Instant until, V value) {}

  RecentlyAccepted(Clock clock) {
    this.clock = clock;
  }

  synchronized void add(String key, V value) {
    Instant now = clock.instant();
    entries.values().removeIf(entry -> entry.until().isBefore(now));
    if (entries.size() == MOST) {
      entries.remove(entries.keySet().iterator().next());
    }
    entries.remove(key);
    entries.put(key, new Entry<>(now.plus(KEPT), value));
  }

  synchronized void remove(String key) {
    entries.remove(key);
  }

  synchronized Optional<V> get(String key) {
    return Optional.ofNullable(entries.get(key)).filter(this::current).map(Entry::value);
  }

  /** In the order in which they were accepted. */
  synchronized List<V> all() {
    return entries.values().stream().filter(this::current).map(Entry::value).toList();
  }

  private boolean current(Entry<V> entry) {
    return !entry.until().isBefore(clock.instant());
  }
}
