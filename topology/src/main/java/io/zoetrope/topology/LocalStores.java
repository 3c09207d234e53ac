package io.zoetrope.topology;

import io.zoetrope.schemas.Topics;
import io.zoetrope.topology.query.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The stores of this instance. One partition is named in every question: without it Kafka Streams
 * answers from the partitions that happen to be here, and leaves the others out in silence.
 */
final class LocalStores implements StorePlaces {
  private final KafkaStreams streams;

  LocalStores(KafkaStreams streams) {
    this.streams = streams;
  }

  @Override
  public <T> T ask(String videoId, Function<VideoStores, T> question) {
    return ask(Topics.RUNS.partition(videoId), question);
  }

  @Override
  public <T> List<T> askAll(Function<VideoStores, T> question) {
    List<T> answers = new ArrayList<>();
    for (int partition = 0; partition < Topics.RUNS.partitions(); partition++) {
      answers.add(ask(partition, question));
    }
    return answers;
  }

  private <T> T ask(int partition, Function<VideoStores, T> question) {
    if (!streams.state().isRunningOrRebalancing()) {
      throw new QueryException(
          QueryException.STORES_NOT_READY,
          "the topology is in state " + streams.state() + " and can't be asked");
    }
    try {
      return question.apply(
          new VideoStores(
              store(VideoLedgerTopology.SUBMISSIONS, partition),
              store(VideoLedgerTopology.RUNS, partition),
              store(VideoLedgerTopology.SPLITS, partition),
              store(VideoLedgerTopology.DETECTIONS, partition)));
    } catch (InvalidStateStoreException e) {
      throw new QueryException(
          QueryException.STORES_NOT_READY,
          "the stores of partition %d aren't here or are being restored; ask again in a moment"
              .formatted(partition),
          e);
    }
  }

  private <V> ReadOnlyKeyValueStore<String, V> store(String name, int partition) {
    return streams.store(
        StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<String, V>keyValueStore())
            .withPartition(partition));
  }
}
