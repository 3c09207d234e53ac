package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.RunCompleted;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.Split;
import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.VideoQueries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The topology with its real serdes and stores, but no broker, and a clock that is moved by hand.
 */
final class TopologyRig implements AutoCloseable {
  static final String DEAD_LETTERS = "dead-letters";
  static final Duration STALL_TIMEOUT = Duration.ofMinutes(2);

  private static final Duration STEP = Duration.ofSeconds(5);
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private final EventSerdes events = new EventSerdes(new SchemaCatalogue());
  private final Map<Topic<?>, TestInputTopic<String, ?>> inputs = new HashMap<>();
  private final TopologyTestDriver driver;
  private final TestOutputTopic<String, RunCompleted> results;

  private Instant now = START;
  private Instant readByDetectors = Instant.EPOCH;

  TopologyRig(Path stateDir) {
    this(stateDir, false);
  }

  private TopologyRig(Path stateDir, boolean rebuilding) {
    // Within a transaction the driver forgets dead letters of records that can't be read.
    TopologySettings settings =
        new TopologySettings(
            "rig",
            stateDir,
            1,
            Duration.ofMillis(100),
            STALL_TIMEOUT,
            DEAD_LETTERS,
            null,
            0,
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                "none:1",
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.AT_LEAST_ONCE));
    Properties properties = VideoLedgerStreams.properties(settings);
    VideoLedgerTopology topology =
        rebuilding
            ? VideoLedgerTopology.rebuilding(events)
            : VideoLedgerTopology.working(events, settings, model -> readByDetectors);
    driver = new TopologyTestDriver(topology.get(), properties, START);
    results = output(Topics.RESULTS);
  }

  /** The stores alone, as they are rebuilt from the topics. */
  static TopologyRig rebuilding(Path stateDir) {
    return new TopologyRig(stateDir, true);
  }

  /** Time goes by, in steps of at most five seconds, so that nobody misses an appointment. */
  void advance(Duration time) {
    for (Duration left = time; !left.isZero(); ) {
      Duration step = left.compareTo(STEP) < 0 ? left : STEP;
      now = now.plus(step);
      driver.advanceWallClockTime(step);
      left = left.minus(step);
    }
  }

  /** Detectors have read all that has been published until now. */
  void detectorsHaveReadAll() {
    readByDetectors = now;
  }

  void submit(SubmissionAccepted submission) {
    pipe(
        Topics.SUBMISSIONS,
        Keys.submission(submission.getVideoId(), submission.getSubmissionId()),
        submission);
  }

  void request(RunRequested request) {
    pipe(Topics.RUNS, Keys.run(request.getVideoId(), request.getRunId()), request);
  }

  void split(SplitEvent event) {
    pipe(Topics.SPLITS, Keys.split(event.getVideoId(), event.getSplitId()), event);
  }

  void detect(BatchDetections batch) {
    pipe(Topics.DETECTIONS, key(batch), batch);
  }

  /** Pipes any event to where it belongs. */
  void pipe(SpecificRecord event) {
    if (event instanceof RunRequested request) {
      request(request);
    } else if (event instanceof SplitEvent split) {
      split(split);
    } else {
      detect((BatchDetections) event);
    }
  }

  @SuppressWarnings("unchecked")
  <V extends SpecificRecord> void pipe(Topic<V> topic, String key, V value) {
    var input =
        (TestInputTopic<String, V>)
            inputs.computeIfAbsent(
                topic,
                unknown ->
                    driver.createInputTopic(
                        topic.name(), new StringSerializer(), events.serializer(topic)));
    input.pipeInput(key, value, now);
  }

  void pipeBytes(Topic<?> topic, String key, byte[] value) {
    driver
        .createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(key, value, now);
  }

  /** A result that was published a while ago. */
  void detectAt(BatchDetections batch, Duration ago) {
    pipe(new TestRecord<>(key(batch), batch, new RecordHeaders(), now.minus(ago)));
  }

  /** A record of the detections as it lies in the log, header and all. */
  void pipe(TestRecord<String, BatchDetections> record) {
    driver
        .createInputTopic(
            Topics.DETECTIONS.name(), new StringSerializer(), events.serializer(Topics.DETECTIONS))
        .pipeInput(record);
  }

  /** A result as its detector publishes it. */
  TestRecord<String, BatchDetections> record(BatchDetections batch) {
    return new TestRecord<>(key(batch), batch, new RecordHeaders(), now);
  }

  private static String key(BatchDetections batch) {
    return Keys.detections(batch.getVideoId(), batch.getRunId(), batch.getSequence());
  }

  /** What was published to a topic since the last call. */
  <V extends SpecificRecord> List<TestRecord<String, V>> published(Topic<V> topic) {
    return output(topic).readRecordsToList();
  }

  private <V extends SpecificRecord> TestOutputTopic<String, V> output(Topic<V> topic) {
    return driver.createOutputTopic(
        topic.name(), new StringDeserializer(), events.deserializer(topic));
  }

  List<String> deadLetterKeys() {
    return deadLetters().stream().map(TestRecord::key).toList();
  }

  /** What was set aside since the last call. */
  List<TestRecord<String, String>> deadLetters() {
    return driver
        .createOutputTopic(DEAD_LETTERS, new StringDeserializer(), new StringDeserializer())
        .readRecordsToList();
  }

  /** What was published since the last call. */
  List<KeyValue<String, RunCompleted>> results() {
    return results.readKeyValuesToList();
  }

  RunLedger ledger(String runKey) {
    return stores().runs().get(runKey);
  }

  List<BatchDetections> detections(String runKey) {
    return KeyRange.under(runKey).stream(stores().detections()).toList();
  }

  VideoQueries queries() {
    return queriesBehind(0);
  }

  /** Questions over a copy of the stores that lacks at most so many records. */
  VideoQueries queriesBehind(long records) {
    return new StoreVideoQueries(
        new StorePlaces() {
          @Override
          public <T> Answer<T> ask(int partition, Function<VideoStores, T> question) {
            return new Answer<>(question.apply(stores()), records);
          }
        });
  }

  @Override
  public void close() {
    driver.close();
  }

  private VideoStores stores() {
    return new VideoStores(
        driver.getKeyValueStore(VideoLedgerTopology.SUBMISSIONS),
        driver.<String, RunLedger>getKeyValueStore(VideoLedgerTopology.RUNS),
        driver.<String, Split>getKeyValueStore(VideoLedgerTopology.SPLITS),
        driver.getKeyValueStore(VideoLedgerTopology.DETECTIONS),
        driver.getKeyValueStore(VideoLedgerTopology.RENDERS),
        driver.getKeyValueStore(VideoLedgerTopology.RENDER_EVENTS));
  }
}
