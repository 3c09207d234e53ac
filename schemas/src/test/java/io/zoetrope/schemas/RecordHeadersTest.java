package io.zoetrope.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordHeadersTest {
  private final RecordHeaders headers = new RecordHeaders();

  @Test
  void shouldTellWhoLosesAnUnreadableBatch() {
    BatchHeaders written =
        new BatchHeaders(
            "video", new TreeMap<>(Map.of("run-1", "yolo=x-1", "run-2", "other-2")), 120, 54);

    written.addTo(headers);

    assertThat(BatchHeaders.in(headers)).contains(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12", "12+", "a+b", "12+99999999999"})
  void shouldNotGuessWhatABatchWas(String frames) {
    headers
        .add("zoetrope.video", "video".getBytes(UTF_8))
        .add("zoetrope.runs", "run=model".getBytes(UTF_8))
        .add("zoetrope.frames", frames.getBytes(UTF_8));

    assertThat(BatchHeaders.in(headers)).isEmpty();
  }

  @Test
  void shouldNotGuessWhoWantedABatch() {
    assertThat(BatchHeaders.in(headers)).isEmpty();

    headers
        .add("zoetrope.video", "video".getBytes(UTF_8))
        .add("zoetrope.runs", "run".getBytes(UTF_8))
        .add("zoetrope.frames", "0+1".getBytes(UTF_8));

    assertThat(BatchHeaders.in(headers)).isEmpty();
  }

  @Test
  void shouldTellWhichVideoLacksAnUnreadableSegment() {
    SegmentHeaders written = new SegmentHeaders("video", 3);

    written.addTo(headers);

    assertThat(SegmentHeaders.in(headers)).contains(written);
  }

  @Test
  void shouldNotGuessWhatASegmentWas() {
    assertThat(SegmentHeaders.in(headers)).isEmpty();

    headers
        .add("zoetrope.video", "video".getBytes(UTF_8))
        .add("zoetrope.revision", "third".getBytes(UTF_8));

    assertThat(SegmentHeaders.in(headers)).isEmpty();
  }

  @Test
  void shouldTellWhyARecordWasSetAside() {
    DeadLetter letter = new DeadLetter("RECORD_UNREADABLE", "It has no value.", "topic", 7, 42);

    letter.addTo(headers);

    assertThat(DeadLetter.in(headers)).contains(letter);
  }

  @Test
  void shouldSetARecordAsideAsItCame() {
    byte[] value = {1, 2, 3};
    ConsumerRecord<byte[], byte[]> source =
        new ConsumerRecord<>("topic", 7, 42, "key".getBytes(UTF_8), value);
    source.headers().add("own", "kept".getBytes(UTF_8));

    ProducerRecord<byte[], byte[]> letter =
        DeadLetter.of(source, Topics.VIDEOS_DEAD_LETTER, "CODE", "Why.");

    assertThat(letter.topic()).isEqualTo(Topics.VIDEOS_DEAD_LETTER.name());
    assertThat(letter.key()).isEqualTo(source.key());
    assertThat(letter.value()).isEqualTo(value);
    assertThat(letter.headers().lastHeader("own").value()).asString(UTF_8).isEqualTo("kept");
    assertThat(DeadLetter.in(letter.headers()))
        .contains(new DeadLetter("CODE", "Why.", "topic", 7, 42));
  }

  @Test
  void shouldCutShortWhatNoRecordCouldCarryUncompressed() {
    byte[] value = new byte[Topics.MAX_RECORD_BYTES];
    ConsumerRecord<byte[], byte[]> source = new ConsumerRecord<>("topic", 7, 42, null, value);

    ProducerRecord<byte[], byte[]> letter =
        DeadLetter.of(source, Topics.VIDEOS_DEAD_LETTER, "CODE", "Why.");

    assertThat(letter.value()).hasSizeLessThan(Topics.MAX_RECORD_BYTES - 60_000);
    assertThat(letter.headers().lastHeader("zoetrope.source.bytes").value())
        .asString(UTF_8)
        .isEqualTo(Integer.toString(value.length));
  }

  @Test
  void shouldUnderstandWhatKafkaStreamsSetAside() {
    headers
        .add("__streams.errors.exception", "o.a.k.SerializationException".getBytes(UTF_8))
        .add("__streams.errors.message", "Unknown magic byte".getBytes(UTF_8))
        .add("__streams.errors.topic", "topic".getBytes(UTF_8))
        .add("__streams.errors.partition", "3".getBytes(UTF_8))
        .add("__streams.errors.offset", "9".getBytes(UTF_8));

    assertThat(DeadLetter.in(headers))
        .contains(
            new DeadLetter("o.a.k.SerializationException", "Unknown magic byte", "topic", 3, 9));
  }

  @Test
  void shouldGiveBackTheHeadersThatARecordHadBefore() {
    headers.add("zoetrope.host", "north".getBytes(UTF_8));
    new DeadLetter("RECORD_UNREADABLE", "It has no value.", "topic", 7, 42).addTo(headers);
    headers.add("__streams.errors.topic", "topic".getBytes(UTF_8));

    assertThat(DeadLetter.before(headers)).extracting(Header::key).containsExactly("zoetrope.host");
  }

  @Test
  void shouldTakeNoOtherRecordForADeadLetter() {
    headers.add("zoetrope.error.code", "CODE".getBytes(UTF_8));

    assertThat(DeadLetter.in(headers)).isEmpty();
  }
}
