package io.zoetrope.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandOversTest {
  private static final TopicPartition RUNS = new TopicPartition("runs", 3);
  private static final TopicPartition DETECTIONS = new TopicPartition("detections", 3);
  private static final OptionalLong NO_RECORD = OptionalLong.empty();

  private final HandOvers handOvers = new HandOvers();

  @BeforeEach
  void giveAPartition() {
    handOvers.begin(List.of(RUNS, DETECTIONS));
  }

  @Test
  void shouldNotBeOverBeforeTheEndIsKnown() {
    assertThat(handOvers.unread(3)).hasValue(2);
  }

  @Test
  void shouldBeOverWhereNothingIsLeftToRead() {
    handOvers.read(RUNS, 7, 7, NO_RECORD);
    handOvers.read(DETECTIONS, 0, 0, NO_RECORD);

    assertThat(handOvers.unread(3)).hasValue(0);
    assertThat(handOvers.open()).isEmpty();
  }

  @Test
  void shouldBeOverOnceWhatWasReadIsCommitted() {
    handOvers.read(RUNS, 7, 7, NO_RECORD);
    // Ten records and a marker are there, six of which come at once.
    handOvers.read(DETECTIONS, 6, 11, OptionalLong.of(5));
    assertThat(handOvers.unread(3)).hasValue(11);
    handOvers.read(DETECTIONS, 11, 11, OptionalLong.of(9));
    commit(6);
    assertThat(handOvers.unread(3)).hasValue(5);

    commit(10);

    assertThat(handOvers.unread(3)).hasValue(0);
  }

  @Test
  void shouldNotWaitForWhatCameAfterwards() {
    handOvers.read(RUNS, 7, 7, NO_RECORD);
    handOvers.read(DETECTIONS, 4, 5, OptionalLong.of(3));

    handOvers.read(DETECTIONS, 20, 30, OptionalLong.of(19));
    commit(5);

    assertThat(handOvers.unread(3)).hasValue(0);
  }

  @Test
  void shouldBeginAgainWhereACommitIsTakenBack() {
    handOvers.read(RUNS, 7, 7, NO_RECORD);
    handOvers.read(DETECTIONS, 7, 7, NO_RECORD);

    handOvers.beginAgain();

    assertThat(handOvers.unread(3)).hasValue(2);
  }

  @Test
  void shouldKnowNothingOfWhatIsAnothers() {
    handOvers.forget(List.of(RUNS, DETECTIONS));

    handOvers.beginAgain();

    assertThat(handOvers.unread(3)).isEmpty();
    assertThat(handOvers.unread(4)).isEmpty();
  }

  private void commit(long offset) {
    handOvers.committed(Map.of(DETECTIONS, new OffsetAndMetadata(offset)));
  }
}
