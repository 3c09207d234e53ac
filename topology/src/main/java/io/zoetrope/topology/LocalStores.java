package io.zoetrope.topology;

import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.QueryException;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The stores of this instance, those that it owns and its copies of others'. One partition is named
 * in every question: without it Kafka Streams answers from the partitions that happen to be here,
 * and leaves the others out in silence.
 */
final class LocalStores implements StorePlaces {
  /** What a copy may lack and still be asked: what it may lack and still take a partition over. */
  static final long MOST_BEHIND = 10_000;

  private final KafkaStreams streams;
  private final IntFunction<OptionalLong> behind;

  /** Those that this instance owns, and nothing else. */
  LocalStores(KafkaStreams streams) {
    this(streams, partition -> OptionalLong.empty());
  }

  /**
   * Those that it owns, and copies.
   *
   * @param behind records that the copy of a partition lacks at most; empty where there is none
   */
  LocalStores(KafkaStreams streams, IntFunction<OptionalLong> behind) {
    this.streams = streams;
    this.behind = behind;
  }

  @Override
  public <T> Answer<T> ask(int partition, Function<VideoStores, T> question) {
    if (!streams.state().isRunningOrRebalancing()) {
      throw notRunning(null);
    }
    try {
      return Answer.current(question.apply(stores(partition, false)));
    } catch (InvalidStateStoreException notTheOwner) {
      return askCopy(partition, question);
    }
  }

  // While its thread takes on or hands over any partition, an owner's stores pass for copies too;
  // they are then 0 behind.
  private <T> Answer<T> askCopy(int partition, Function<VideoStores, T> question) {
    // Looked up before the copy is read, which can only have caught up since.
    long lacking =
        behind
            .apply(partition)
            .orElseThrow(() -> notReady("aren't here or are just being opened", partition, null));
    if (lacking > MOST_BEHIND) {
      throw notReady("are being restored, %d records to go".formatted(lacking), partition, null);
    }
    try {
      return new Answer<>(question.apply(stores(partition, true)), lacking);
    } catch (InvalidStateStoreException e) {
      throw notReady("are just being handed over", partition, e);
    }
  }

  private VideoStores stores(int partition, boolean copies) {
    return new VideoStores(
        store(VideoLedgerTopology.SUBMISSIONS, partition, copies),
        store(VideoLedgerTopology.RUNS, partition, copies),
        store(VideoLedgerTopology.SPLITS, partition, copies),
        store(VideoLedgerTopology.DETECTIONS, partition, copies));
  }

  private <V> ReadOnlyKeyValueStore<String, V> store(String name, int partition, boolean copies) {
    StoreQueryParameters<ReadOnlyKeyValueStore<String, V>> wanted =
        StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<String, V>keyValueStore())
            .withPartition(partition);
    try {
      return streams.store(copies ? wanted.enableStaleStores() : wanted);
    } catch (IllegalStateException e) {
      throw notRunning(e);
    }
  }

  private QueryException notRunning(Exception cause) {
    return new QueryException(
        QueryException.STORES_NOT_READY,
        "the topology is in state " + streams.state() + " and can't be asked",
        cause);
  }

  private static QueryException notReady(String how, int partition, Exception cause) {
    return new QueryException(
        QueryException.STORES_NOT_READY,
        "the stores of partition %d %s; ask again in a moment".formatted(partition, how),
        cause);
  }
}
