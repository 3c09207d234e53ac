package io.zoetrope.topology;

import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.QueryException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
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
  private final KafkaStreams streams;
  private final BooleanSupplier certain;
  private final IntFunction<Optional<StoreLag>> lags;
  private final IntFunction<OptionalLong> unread;

  /** Those that this instance owns, and nothing else. */
  LocalStores(KafkaStreams streams) {
    this(streams, () -> true, partition -> Optional.empty(), partition -> OptionalLong.empty());
  }

  /**
   * Those that it owns, and copies.
   *
   * @param certain whether nobody else can own them by now
   * @param lags how far those of a partition are behind; empty where there are none, {@link
   *     QueryException} where that can't be found out
   * @param unread records that are still to be read before this instance knows what the owner
   *     before it knew; empty where another one owns the partition
   */
  LocalStores(
      KafkaStreams streams,
      BooleanSupplier certain,
      IntFunction<Optional<StoreLag>> lags,
      IntFunction<OptionalLong> unread) {
    this.streams = streams;
    this.certain = certain;
    this.lags = lags;
    this.unread = unread;
  }

  @Override
  public <T> Answer<T> ask(int partition, Function<VideoStores, T> question) {
    if (!streams.state().isRunningOrRebalancing()) {
      throw notRunning(null);
    }
    if (!certain.getAsBoolean()) {
      return askCopy(partition, question);
    }
    try {
      // Looked up before the stores are read, which can only have caught up since.
      long behind = unread.apply(partition).orElse(0);
      return new Answer<>(question.apply(stores(partition, false)), behind);
    } catch (InvalidStateStoreException notTheOwner) {
      return askCopy(partition, question);
    }
  }

  // While its thread takes on or hands over any partition, an owner's stores pass for copies too,
  // which are then 0 behind; so do those of an owner that isn't certain. For either the brokers are
  // asked, which nobody can who is cut off from them.
  private <T> Answer<T> askCopy(int partition, Function<VideoStores, T> question) {
    // Looked up before the copy is read, which can only have caught up since.
    OptionalLong behind = unread.apply(partition);
    StoreLag lag =
        lags.apply(partition)
            .orElseThrow(() -> notReady("aren't here or are just being opened", partition, null));
    if (!lag.isSmall()) {
      throw notReady(
          "are being restored, with %d records to go".formatted(lag.records()), partition, null);
    }
    try {
      // The owner may have answered already from what it has yet to commit.
      long records =
          behind.isPresent() ? lag.records() + behind.getAsLong() : Math.max(1, lag.records());
      return new Answer<>(question.apply(stores(partition, true)), records);
    } catch (InvalidStateStoreException e) {
      throw notReady("are just being handed over", partition, e);
    }
  }

  private VideoStores stores(int partition, boolean copies) {
    return new VideoStores(
        store(VideoLedgerTopology.SUBMISSIONS, partition, copies),
        store(VideoLedgerTopology.RUNS, partition, copies),
        store(VideoLedgerTopology.SPLITS, partition, copies),
        store(VideoLedgerTopology.DETECTIONS, partition, copies),
        store(VideoLedgerTopology.RENDERS, partition, copies),
        store(VideoLedgerTopology.RENDER_EVENTS, partition, copies));
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
