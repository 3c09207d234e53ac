package io.zoetrope.splitter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.events.SplitEvent;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The last event of every split in the partitions that this process cuts for, as read back from the
 * topic that it writes them to: runs and splits are partitioned alike, and only the owner of a
 * partition writes to it. Used by one thread.
 */
final class SplitStates {
  private static final String ANSWERS = "zoetrope.answers";

  private final PartitionTable<SplitEvent> table;
  private final Map<Integer, Map<String, State>> byPartition = new HashMap<>();

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
    return of(Topics.SPLITS.partition(key)).get(key);
  }

  /** To be told once {@code state} is committed. */
  void committed(String key, State state) {
    of(Topics.SPLITS.partition(key)).put(key, state);
  }

  void forget(int partition) {
    byPartition.remove(partition);
  }

  private Map<String, State> of(int partition) {
    return byPartition.computeIfAbsent(partition, this::read);
  }

  private Map<String, State> read(int partition) {
    Map<String, State> states = new HashMap<>();
    table.read(partition, key -> true).forEach((key, row) -> states.put(key, State.of(row)));
    return states;
  }
}
