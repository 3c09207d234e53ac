package io.zoetrope.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zoetrope.detector.inference.Failure;
import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.BatchRun;
import io.zoetrope.schemas.BatchHeaders;
import io.zoetrope.schemas.DeadLetter;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSelectionTest {
  private static final String MODEL = "model";
  private static final BatchHeaders HEADERS =
      new BatchHeaders(
          "video",
          new TreeMap<>(Map.of("mine", MODEL, "mine-too", MODEL, "theirs", "other")),
          96,
          32);

  private final SetAside setAside = new SetAside();
  private final BatchSelection selection =
      new BatchSelection(
          MODEL,
          new EventSerdes(new SchemaCatalogue()).deserializer(Topics.FRAME_BATCHES),
          new DetectorMeters(new SimpleMeterRegistry(), MODEL),
          setAside);

  private final List<FetchedBatch> wanted = new ArrayList<>();
  private final List<PendingBatch> unreadable = new ArrayList<>();

  @Test
  void shouldFailAnUnreadableBatchForTheRunsOfItsModelAlone() {
    // Given
    ConsumerRecord<byte[], byte[]> record = garbage("split/00000003");
    HEADERS.addTo(record.headers());

    // When
    sort(record);

    // Then
    PendingBatch batch = unreadable.get(0);
    assertThat(batch.runs()).extracting(BatchRun::getRunId).containsExactly("mine", "mine-too");
    List<String> labels = List.of("cat");
    List<BatchDetections> events =
        new DetectionEvents(MODEL, labels, new RunCriteria(MODEL, labels))
            .of(batch, batch.result().join());
    assertThat(events).hasSize(2);
    assertThat(events.get(0).getVideoId()).isEqualTo("video");
    assertThat(events.get(0).getRunId()).isEqualTo("mine");
    assertThat(events.get(0).getSplitId()).isEqualTo("split");
    assertThat(events.get(0).getSequence()).isEqualTo(3);
    assertThat(events.get(0).getFirstFrame()).isEqualTo(96);
    assertThat(events.get(0).getExpectedFrames()).isEqualTo(32);
    assertThat(events.get(0).getFrames()).isEmpty();
    assertThat(events.get(0).getFailure().getCode()).isEqualTo("RECORD_UNREADABLE");
  }

  @Test
  void shouldSetAnUnreadableRecordAsideWithItsOwnHeaders() {
    ConsumerRecord<byte[], byte[]> record = garbage("split/00000003");
    HEADERS.addTo(record.headers());

    sort(record);

    assertThat(setAside.take(unreadable.get(0)))
        .hasValueSatisfying(
            letter -> {
              assertThat(letter.key()).isEqualTo(record.key());
              assertThat(letter.value()).isEqualTo(record.value());
              assertThat(BatchHeaders.in(letter.headers())).contains(HEADERS);
              assertThat(DeadLetter.in(letter.headers()))
                  .map(DeadLetter::code)
                  .contains("RECORD_UNREADABLE");
            });
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "split", "split/x", "split/3"})
  void shouldSetAsideWhatDoesNotSayWhichBatchItIs(String key) {
    ConsumerRecord<byte[], byte[]> record = garbage(key);
    HEADERS.addTo(record.headers());

    sort(record);

    assertThat(unreadable.get(0).runs()).isEmpty();
    assertThat(unreadable.get(0).isDone()).isTrue();
    assertThat(setAside.take(unreadable.get(0))).isPresent();
  }

  @Test
  void shouldSetAsideWhatDoesNotSayWhoWantsIt() {
    sort(garbage("split/00000003"));

    assertThat(unreadable.get(0).runs()).isEmpty();
    assertThat(setAside.take(unreadable.get(0))).isPresent();
  }

  @Test
  void shouldPassOverADeletedBatch() {
    sort(record("split/00000003", null));

    assertThat(wanted).isEmpty();
    assertThat(unreadable).isEmpty();
  }

  @Test
  void shouldForgetWhatItsPartitionTakesAlong() {
    sort(garbage("split/00000003"));
    Failure why = new Failure("CODE", "Why.");
    setAside.add(unreadable.get(0), garbage("split/00000003"), why);

    setAside.forget(List.of(unreadable.get(0).partition()));

    assertThat(setAside.take(unreadable.get(0))).isEmpty();
  }

  private void sort(ConsumerRecord<byte[], byte[]> record) {
    selection.sort(record, wanted::add, unreadable::add);
  }

  private static ConsumerRecord<byte[], byte[]> garbage(String key) {
    return record(key, new byte[] {7, 7, 7});
  }

  private static ConsumerRecord<byte[], byte[]> record(String key, byte[] value) {
    return new ConsumerRecord<>(
        "frame-batches", 2, 11, key == null ? null : key.getBytes(UTF_8), value);
  }
}
