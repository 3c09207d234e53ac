package io.zoetrope.topology;

import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.topology.query.Place;
import io.zoetrope.topology.query.StoreInstance;
import io.zoetrope.topology.query.VideoQueries;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running topology: exactly once, its stores in RocksDB, questions answered from them. The
 * topics must exist when it starts. Any thread.
 */
public final class VideoLedgerStreams implements StoreInstance, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(VideoLedgerStreams.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  // For so long a commit waits for brokers that are away. One that gives up leaves a producer that
  // Kafka Streams (4.3) commits other tasks with, which ends the thread.
  private static final Duration LONGEST_COMMIT = Duration.ofMinutes(3);

  // These, standbys and warm-ups are of the classic group protocol; the streams protocol has them
  // on the broker, as far as it has them.
  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final String STREAMS_PROTOCOL = "streams";

  // An instance that is new warms up all that it is to take over at once, and a minute later takes
  // over what is warm; Kafka would have it be two partitions every ten minutes.
  private static final int WARM_UPS = Topics.RUNS.partitions();
  private static final Duration PROBING = Duration.ofMinutes(1);

  private final KafkaStreams streams;
  private final StoreLags lags;
  private final VideoQueries queries;
  private final OtherInstances others;
  private final StreamsPulse pulse;
  private final GroupReach reach;
  private final StopMark mark;
  private final boolean standsBy;
  private volatile Throwable failure;

  public VideoLedgerStreams(TopologySettings settings, EventSerdes events) {
    HandOvers handOvers = new HandOvers();
    this.mark = new StopMark(settings.stateDir());
    this.standsBy = settings.standbys() > 0;
    this.reach = new GroupReach(settings.kafka(), RunWatch.pause(settings.stallTimeout()));
    this.streams =
        new KafkaStreams(
            VideoLedgerTopology.working(events, settings, reach).get(),
            properties(settings),
            new HandOverClients(handOvers));
    this.lags = StoreLags.in(streams);
    GroupSession session = new GroupSession(streams::metrics, SESSION_TIMEOUT);
    this.queries =
        new StoreVideoQueries(
            new LocalStores(streams, session::lasts, lags::of, handOvers::unread));
    this.others = new OtherInstances(streams, settings.advertised());
    this.pulse = new StreamsPulse(streams::metrics);
    streams.setUncaughtExceptionHandler(this::onFailure);
  }

  /** Starts; returns before the stores can be read. */
  public void start() {
    reach.start();
    if (!mark.take() && !standsBy) {
      streams.cleanUp();
    }
    streams.start();
  }

  @Override
  public VideoQueries queries() {
    return queries;
  }

  @Override
  public Place place(int partition) {
    return others.place(partition);
  }

  /** Whether every partition that this instance was given is being worked on. */
  public boolean ready() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /** Whether it works or may yet; once false it stays so, and the process wants a restart. */
  public boolean alive() {
    return failure == null
        && !streams.state().hasStartedOrFinishedShuttingDown()
        && pulse.isBeating();
  }

  /** The state as Kafka Streams names it, and what stopped it where something did. */
  public String state() {
    String state = streams.state().name();
    return failure == null ? state : state + ": " + failure.getMessage();
  }

  /**
   * Ends within about ten seconds, finished or not, and leaves its group, so that its partitions
   * are taken over at once.
   */
  @Override
  public void close() {
    lags.close();
    CloseOptions leaving =
        CloseOptions.timeout(CLOSE_TIMEOUT)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
    if (!streams.close(leaving)) {
      log.warn(
          "the topology didn't stop within {}; it will pick up where it last committed",
          CLOSE_TIMEOUT);
    }
    mark.leave();
    reach.close();
  }

  // A thread that died isn't replaced: the same record would kill the next one too.
  private StreamThreadExceptionResponse onFailure(Throwable exception) {
    failure = exception;
    log.error("the topology stopped", exception);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  static Properties properties(TopologySettings settings) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
    // It is woken by what comes; in between it only looks whether to commit.
    properties.put(StreamsConfig.POLL_MS_CONFIG, settings.commitInterval().toMillis());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksDbMemory.class);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        Topics.MAX_RECORD_BYTES);
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_BLOCK_MS_CONFIG),
        LONGEST_COMMIT.toMillis());
    if (settings.advertised() != null) {
      properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, settings.advertised().getAuthority());
    }
    if (!STREAMS_PROTOCOL.equals(settings.kafka().get(StreamsConfig.GROUP_PROTOCOL_CONFIG))) {
      properties.put(
          StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
          Math.toIntExact(SESSION_TIMEOUT.toMillis()));
      properties.put(
          StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
          Math.toIntExact(HEARTBEAT.toMillis()));
      properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
      properties.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, WARM_UPS);
      properties.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING.toMillis());
      properties.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, StoreLag.MOST);
    }
    properties.put(
        StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, settings.deadLetterTopic());
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        UnreadableRecordHandler.class);
    properties.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, InvalidEventHandler.class);
    properties.putAll(settings.kafka());
    return properties;
  }
}
