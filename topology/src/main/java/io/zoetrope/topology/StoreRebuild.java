package io.zoetrope.topology;

import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.topology.query.VideoQueries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every store once more, made from the topics' beginning beside the live ones, by a topology that
 * publishes nothing. It goes on following the topics when it has caught up. Any thread.
 */
public final class StoreRebuild implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreRebuild.class);
  private static final List<Topic<?>> SOURCES =
      List.of(
          Topics.SUBMISSIONS,
          Topics.RUNS,
          Topics.SPLITS,
          Topics.DETECTIONS,
          Topics.RENDERS,
          Topics.RENDER_EVENTS);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
  private static final int MOST_THREADS = 4;

  private final String group = "zoetrope-verify-" + UUID.randomUUID();
  private final Map<TopicPartition, Long> ends;
  private final Admin admin;
  private final KafkaStreams streams;
  private final VideoQueries queries;
  private volatile Throwable failure;

  private StoreRebuild(Map<String, Object> kafka, EventSerdes events, Path folder) {
    this.ends = LogEnds.of(kafka, sources());
    this.admin = Admin.create(kafka);
    this.streams =
        new KafkaStreams(
            VideoLedgerTopology.rebuilding(events).get(), properties(group, kafka, folder));
    this.queries = new StoreVideoQueries(new LocalStores(streams));
    streams.setUncaughtExceptionHandler(
        exception -> {
          failure = exception;
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.start();
  }

  /**
   * Begins to read; returns before much is read.
   *
   * @param kafka client settings, {@code bootstrap.servers} among them
   * @param folder an empty one for the stores
   * @throws EventException {@code BROKER_UNREACHABLE}
   */
  public static StoreRebuild start(Map<String, Object> kafka, EventSerdes events, Path folder) {
    return new StoreRebuild(kafka, events, folder);
  }

  /**
   * Whether all that was in the topics at the start is in the stores.
   *
   * @throws EventException {@code BROKER_UNREACHABLE}; {@code REBUILD_FAILED} where it came to a
   *     stop, as it does at a schema registry that doesn't answer
   */
  public boolean caughtUp() {
    if (failure != null) {
      throw new EventException(
          "REBUILD_FAILED", "the stores can't be rebuilt: " + failure.getMessage(), failure);
    }
    Map<TopicPartition, OffsetAndMetadata> committed = committed();
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata offset = committed.get(end.getKey());
              return offset != null && offset.offset() >= end.getValue();
            });
  }

  /** Questions over the rebuilt stores. */
  public VideoQueries queries() {
    return queries;
  }

  /** Stops, and leaves no group behind. */
  @Override
  public void close() {
    streams.close(
        CloseOptions.timeout(CLOSE_TIMEOUT)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    try {
      admin
          .deleteConsumerGroups(List.of(group))
          .all()
          .get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("The group {} stays until its offsets expire", group, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    admin.close(CLOSE_TIMEOUT);
  }

  private Map<TopicPartition, OffsetAndMetadata> committed() {
    try {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw unreachable(e.getCause());
    } catch (TimeoutException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(e);
    }
  }

  private static EventException unreachable(Throwable cause) {
    return new EventException(
        "BROKER_UNREACHABLE",
        "the Kafka cluster doesn't say how far the rebuild is: " + cause.getMessage(),
        cause);
  }

  private static List<TopicPartition> sources() {
    return SOURCES.stream().flatMap(StoreRebuild::partitions).toList();
  }

  private static Stream<TopicPartition> partitions(Topic<?> topic) {
    return IntStream.range(0, topic.partitions())
        .mapToObj(partition -> new TopicPartition(topic.name(), partition));
  }

  private static Properties properties(String group, Map<String, Object> kafka, Path folder) {
    Properties properties = new Properties();
    properties.putAll(kafka);
    properties.remove(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, group);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    properties.put(
        StreamsConfig.NUM_STREAM_THREADS_CONFIG,
        Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
    // Nothing is published, and what is counted twice after an error is ignored.
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 0);
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksDbMemory.class);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        UnreadableRecordHandler.class);
    properties.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, InvalidEventHandler.class);
    return properties;
  }
}
