package io.zoetrope.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.events.RepairRequested;
import io.zoetrope.events.RunOptions;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SequenceRange;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.schemas.BatchHeaders;
import io.zoetrope.schemas.DeadLetter;
import io.zoetrope.schemas.DeadLetterTopic;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ReplaysTest {
  private static final byte[] VALUE = "no Avro".getBytes(UTF_8);

  private final Replays replays = new Replays();

  @Test
  void shouldSendARecordBackAsItCame() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("zoetrope.host", "north".getBytes(UTF_8));

    assertThat(
            replays.add(
                letter(Topics.TOPOLOGY_DEAD_LETTER, "v/r/1", headers, Topics.DETECTIONS.name(), 7)))
        .isEmpty();

    ProducerRecord<byte[], byte[]> record = replays.records().get(0);
    assertThat(record.topic()).isEqualTo("zoetrope.detections.v1");
    assertThat(record.partition()).isEqualTo(7);
    assertThat(record.key()).isEqualTo("v/r/1".getBytes(UTF_8));
    assertThat(record.value()).isEqualTo(VALUE);
    assertThat(record.headers()).extracting(Header::key).containsExactly("zoetrope.host");
    assertThat(replays.repairs()).isEmpty();
  }

  @Test
  void shouldAskForFrameBatchesOfASplitTogether() {
    for (int sequence : new int[] {7, 5, 6, 9, 5}) {
      assertThat(replays.add(frameBatch("split-1", sequence, Map.of("run-1", "m")))).isEmpty();
    }
    replays.add(frameBatch("split-1", 8, Map.of("run-1", "m", "run-2", "n")));

    assertThat(replays.records()).isEmpty();
    assertThat(replays.repairs())
        .containsExactlyInAnyOrder(
            new RepairRequested(
                "video",
                "split-1",
                List.of("run-1"),
                List.of(new SequenceRange(5, 7), new SequenceRange(9, 9)),
                0),
            new RepairRequested(
                "video",
                "split-1",
                List.of("run-1", "run-2"),
                List.of(new SequenceRange(8, 8)),
                0));
  }

  @Test
  void shouldAskForTheBatchesOfResultsWhoseRunIsKnown() {
    for (String key : new String[] {"v/r/00000001", "v/r/00000002", "v/q/00000001", "nonsense"}) {
      Letter letter =
          letter(
              Topics.TOPOLOGY_DEAD_LETTER, key, new RecordHeaders(), Topics.DETECTIONS.name(), 7);
      assertThat(replays.add(letter)).isEmpty();
      assertThat(replays.add(letter)).isEmpty();
    }
    assertThat(replays.runs()).containsExactlyInAnyOrder("v/r", "v/q");

    replays.add(
        new RunRequested(
            "v",
            "r",
            "model",
            "file:///media/v",
            "split-1",
            new SplitOptions(-1, 0, 1, null, false),
            new RunOptions(0.25f, 0.45f, null),
            1));

    assertThat(replays.repairs())
        .containsExactly(
            new RepairRequested("v", "split-1", List.of("r"), List.of(new SequenceRange(1, 2)), 0));
    assertThat(replays.records()).as("each of them once").hasSize(4);
  }

  @Test
  void shouldSayWhatItCannotTryAgain() {
    Letter unexplained =
        Letter.of(
            Topics.VIDEOS_DEAD_LETTER,
            new ConsumerRecord<>(Topics.VIDEOS_DEAD_LETTER.name(), 0, 0, null, VALUE));

    assertThat(replays.add(unexplained)).contains("its headers don't say where it came from");
    assertThat(
            replays.add(
                letter(Topics.VIDEOS_DEAD_LETTER, "k", new RecordHeaders(), "another.topic", 0)))
        .contains("it came from partition 0 of another.topic, which is no topic of Zoetrope's");
    RecordHeaders cutShort = new RecordHeaders();
    cutShort.add("zoetrope.source.bytes", "99999999".getBytes(UTF_8));
    assertThat(
            replays.add(letter(Topics.VIDEOS_DEAD_LETTER, "k", cutShort, Topics.VIDEOS.name(), 0)))
        .contains("its value was too large for a dead letter, and is cut short");
    assertThat(
            replays.add(
                letter(
                    Topics.FRAME_BATCHES_DEAD_LETTER,
                    "split/00000001",
                    new RecordHeaders(),
                    Topics.FRAME_BATCHES.name(),
                    0)))
        .contains("its headers don't say whose batch it is; ask for the runs of its video again");
    assertThat(
            replays.add(
                letter(
                    Topics.ASSEMBLER_DEAD_LETTER,
                    "render/00000001",
                    new RecordHeaders(),
                    Topics.SEGMENTS.name(),
                    0)))
        .contains("a segment is asked for again when its annotated video is (POST …/annotated)");
    assertThat(replays.records()).isEmpty();
    assertThat(replays.repairs()).isEmpty();
  }

  private static Letter frameBatch(String splitId, int sequence, Map<String, String> runs) {
    RecordHeaders headers = new RecordHeaders();
    new BatchHeaders("video", new TreeMap<>(runs), 0, 4).addTo(headers);
    return letter(
        Topics.FRAME_BATCHES_DEAD_LETTER,
        Keys.frameBatch(splitId, sequence),
        headers,
        Topics.FRAME_BATCHES.name(),
        3);
  }

  private static Letter letter(
      DeadLetterTopic box, String key, RecordHeaders headers, String source, int partition) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(box.name(), 0, 0, key.getBytes(UTF_8), VALUE);
    headers.forEach(record.headers()::add);
    new DeadLetter("RECORD_UNREADABLE", "it is torn", source, partition, 42)
        .addTo(record.headers());
    return Letter.of(box, record);
  }
}
