package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestLogsTest {
  private static final String TOPIC = "requests";
  private static final TopicPartition ONE = new TopicPartition(TOPIC, 1);
  private static final TopicPartition TWO = new TopicPartition(TOPIC, 2);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final RequestLogs logs = new RequestLogs("me", consumer);

  @BeforeEach
  void assign() {
    consumer.assign(List.of(ONE, TWO));
  }

  @Test
  void shouldHaveOnRecordWhatIsInHandUntilItIsSettled() {
    logs.assigned(List.of(ONE));
    logs.read(request(ONE, 0));
    logs.read(request(ONE, 1));

    logs.begin(request(ONE, 0));
    assertThat(committed(ONE)).isEqualTo(new OffsetAndMetadata(0, "attempts me 0+"));
    logs.settle(request(ONE, 1));
    assertThat(committed(ONE)).isEqualTo(new OffsetAndMetadata(0, "attempts me 0+"));
    logs.settle(request(ONE, 0));
    assertThat(committed(ONE)).isEqualTo(new OffsetAndMetadata(2, ""));
  }

  @Test
  void shouldKnowHowManyProcessesDiedOfWhat() {
    consumer.commitSync(
        Map.of(
            ONE,
            new OffsetAndMetadata(7, "attempts somebody 0:1+ 1+ 2:2"),
            TWO,
            new OffsetAndMetadata(3, "attempts me 0:1+")));
    logs.assigned(List.of(ONE, TWO));

    assertThat(List.of(7, 8, 9, 10))
        .extracting(offset -> logs.deaths(request(ONE, offset)))
        .containsExactly(2, 1, 2, 0);
    assertThat(logs.deaths(request(TWO, 3))).as("in this very process").isEqualTo(1);
  }

  @Test
  void shouldPutByWhatIsHandedOver() {
    logs.assigned(List.of(ONE, TWO));
    for (TopicPartition partition : List.of(ONE, TWO)) {
      logs.read(request(partition, 0));
      logs.begin(request(partition, 0));
    }

    logs.handOver(List.of(ONE));

    assertThat(committed(ONE)).isEqualTo(new OffsetAndMetadata(0, ""));
    assertThat(committed(TWO)).isEqualTo(new OffsetAndMetadata(0, "attempts me 0+"));
    assertThat(logs.has(request(ONE, 0))).isFalse();
    assertThat(logs.has(request(TWO, 0))).isTrue();
  }

  @Test
  void shouldLeaveAloneWhatIsOthersAlready() {
    logs.assigned(List.of(ONE));
    logs.read(request(ONE, 0));
    logs.begin(request(ONE, 0));

    logs.forget(List.of(ONE));

    assertThat(committed(ONE)).isEqualTo(new OffsetAndMetadata(0, "attempts me 0+"));
    assertThat(logs.has(request(ONE, 0))).isFalse();
  }

  @Test
  void shouldReleaseWhatIsInHandAndNothingElse() {
    logs.assigned(List.of(ONE));
    logs.read(request(ONE, 0));

    logs.release(request(ONE, 0));
    assertThat(consumer.committed(Set.of(ONE))).isEmpty();

    logs.begin(request(ONE, 0));
    logs.release(request(ONE, 0));
    assertThat(committed(ONE)).isEqualTo(new OffsetAndMetadata(0, ""));
  }

  private OffsetAndMetadata committed(TopicPartition partition) {
    return consumer.committed(Set.of(partition)).get(partition);
  }

  private static ConsumerRecord<byte[], byte[]> request(TopicPartition partition, long offset) {
    return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, null);
  }
}
