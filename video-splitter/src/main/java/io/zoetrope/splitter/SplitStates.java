package io.zoetrope.splitter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.events.SplitEvent;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The last event of every split in the partitions that this process cuts for, as read back from the
 * topic that it writes them to: runs and splits are partitioned alike, and only the owner of a
 * partition writes to it. Of most splits, which nobody asks about again, it remembers no more than
 * that there may be something to read. Used by one thread.
 */
final class SplitStates {
  private static final String ANSWERS = "zoetrope.answers";
  private static final int MAX_RECENT = 1_000;

  private final PartitionTable<SplitEvent> table;

  /** Hashes of the keys in each partition. */
  private final Map<Integer, Set<Integer>> known = new HashMap<>();

  private final Map<String, State> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, State> eldest) {
          return size() > MAX_RECENT;
        }
      };

  /**
   * What is known of a split.
   *
   * @param answered offset of the last request, among those for this split, that the event speaks
   *     of; -1 where none is known
   */
  record State(SplitEvent event, long answered) {
    /** What a reader has to know beside the event. */
    void addTo(Headers headers) {
      headers.add(ANSWERS, Long.toString(answered).getBytes(UTF_8));
    }

    private static State of(PartitionTable.Row<SplitEvent> row) {
      Header answered = row.headers().lastHeader(ANSWERS);
      return new State(
          row.value(), answered == null ? -1 : Long.parseLong(new String(answered.value(), UTF_8)));
    }
  }

  SplitStates(Map<String, Object> kafka, EventSerdes serdes) {
    this.table = new PartitionTable<>(kafka, serdes, Topics.SPLITS);
  }

  /** The last that was committed under {@code key}, or null. */
  State last(String key) {
    State state = recent.get(key);
    if (state == null && knownIn(partition(key)).contains(key.hashCode())) {
      PartitionTable.Row<SplitEvent> row = table.read(partition(key), key::equals).get(key);
      if (row != null) {
        state = State.of(row);
        recent.put(key, state);
      }
    }
    return state;
  }

  /** To be told once {@code state} is committed. */
  void committed(String key, State state) {
    knownIn(partition(key)).add(key.hashCode());
    recent.put(key, state);
  }

  void forget(int partition) {
    known.remove(partition);
    recent.keySet().removeIf(key -> partition(key) == partition);
  }

  private Set<Integer> knownIn(int partition) {
    return known.computeIfAbsent(
        partition,
        unread -> {
          Set<Integer> hashes = new HashSet<>();
          table.readKeys(unread, key -> hashes.add(key.hashCode()));
          return hashes;
        });
  }

  private static int partition(String key) {
    return Topics.SPLITS.partition(key);
  }
}
