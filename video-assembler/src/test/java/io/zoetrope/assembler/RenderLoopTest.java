package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.events.RenderCompleted;
import io.zoetrope.events.RenderFailed;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.isolation.Pulse;
import io.zoetrope.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RenderLoopTest {
  private static final String KEY = RenderRig.VIDEO + "/" + RenderRig.RENDER;
  private static final TopicPartition PARTITION = new TopicPartition(Topics.RENDERS.name(), 3);

  @TempDir private Path folder;
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final List<ConsumerRecord<byte[], byte[]>> received = new ArrayList<>();
  private final AtomicLong now = new AtomicLong();
  private OffsetAndMetadata before = new OffsetAndMetadata(0, "");
  private RenderRig rig;
  private RenderLoop loop;

  @BeforeEach
  void open() throws IOException {
    GreyVideo.write(folder.resolve("video.mp4"), 60);
    rig = new RenderRig(folder);
    rig.detected(60);
    loop =
        new RenderLoop(
            consumer,
            new RenderReadings(
                rig.serdes.deserializer(Topics.RENDERS),
                rig.planner,
                new UnusableRequests(rig.publisher, rig.meters),
                now::get),
            new RequestLogs("me", consumer),
            now::get);
  }

  @AfterEach
  void close() {
    loop.close();
    rig.close();
  }

  @Test
  void shouldSettleARequestWhenItsVideoIsThere() {
    rig.ledger.meanwhile(rig::makeAll);
    receive(KEY, request());

    runUntil(() -> committed().offset() == 1);

    assertThat(rig.state()).isInstanceOf(RenderCompleted.class);
    assertThat(committed().metadata()).isEmpty();
  }

  @Test
  void shouldHaveOnRecordWhatIsPlanned() {
    OffsetAndMetadata[] during = new OffsetAndMetadata[1];
    rig.ledger.meanwhile(
        () -> {
          rig.makeAll();
          if (!rig.asked().isEmpty()) {
            during[0] = committed();
          }
        });
    receive(KEY, request());

    runUntil(() -> committed().offset() == 1);

    assertThat(during[0]).isEqualTo(new OffsetAndMetadata(0, "attempts me 0+"));
  }

  @Test
  void shouldWaitForARunAndSayThatThereIsNone() {
    rig.ledger.run(Optional.empty());
    receive(KEY, request());

    runUntil(
        () -> {
          now.addAndGet(Duration.ofSeconds(1).toNanos());
          return committed().offset() == 1;
        });

    assertThat(((RenderFailed) rig.state()).getCode()).isEqualTo("RUN_NOT_FOUND");
    assertThat(Duration.ofNanos(now.get())).isGreaterThan(Duration.ofMinutes(2));
  }

  @Test
  void shouldNotTryAgainWhatFourProcessesDiedOf() {
    before = new OffsetAndMetadata(0, "attempts somebody 0:3+");
    receive(KEY, request());

    runUntil(() -> committed().offset() == 1);

    assertThat(rig.state())
        .isEqualTo(
            new RenderFailed(
                "MEDIA_CRASHED", "4 processes ended while they cut the video; convert it."));
  }

  @Test
  void shouldSetAsideWhatCannotBeReadAndSayWhichRenderItWas() {
    receive(KEY, new byte[] {1, 2, 3});

    runUntil(() -> committed().offset() == 1);

    assertThat(((RenderFailed) rig.state()).getCode()).isEqualTo("RECORD_UNREADABLE");
    assertThat(rig.records(Topics.ASSEMBLER_DEAD_LETTER.name()))
        .singleElement()
        .satisfies(letter -> assertThat(letter.value()).containsExactly(1, 2, 3));
  }

  @Test
  void shouldSetAsideWhatBelongsUnderAnotherKey() {
    receive("another/render", request());
    receive(null, request());

    runUntil(() -> committed().offset() == 2);

    assertThat(((RenderFailed) rig.event("another/render").getState()).getCode())
        .isEqualTo("RECORD_INVALID");
    assertThat(rig.records(Topics.ASSEMBLER_DEAD_LETTER.name())).hasSize(2);
    assertThat(rig.asked()).isEmpty();
  }

  @Test
  void shouldGiveUpWhatIsWithdrawnAndRemoveWhatThereIsOfIt() {
    receive(KEY, request());
    rig.ledger.meanwhile(
        () -> {
          if (!rig.asked().isEmpty()) {
            rig.ledger.meanwhile(() -> {});
            rig.makeAll();
            rig.ledger.wanted(false);
            receive(KEY, null);
            consumer.addRecord(received.get(1));
          }
        });

    runUntil(
        () -> {
          now.addAndGet(Duration.ofSeconds(1).toNanos());
          return committed().offset() == 2;
        });

    assertThat(rig.state()).isNotInstanceOf(RenderCompleted.class);
    assertThat(rig.ledger.events()).as("segments were there").hasSizeGreaterThan(1);
    assertThat(rig.storeFolder.resolve("renders").resolve(KEY)).doesNotExist();
  }

  @Test
  void shouldLeaveWhatIsWantedAgain() {
    rig.ledger.meanwhile(rig::makeAll);
    receive(KEY, null);
    receive(KEY, request());

    runUntil(() -> committed().offset() == 2);

    assertThat(rig.state()).isInstanceOf(RenderCompleted.class);
  }

  @Test
  void shouldPutByWhatGoesToAnother() {
    receive(KEY, request());
    rig.ledger.meanwhile(
        () -> {
          if (!rig.asked().isEmpty()) {
            rig.ledger.meanwhile(() -> {});
            consumer.schedulePollTask(() -> consumer.rebalance(List.of()));
          }
        });

    runUntil(() -> !rig.asked().isEmpty() && consumer.assignment().isEmpty());

    assertThat(rig.state()).isNotInstanceOf(RenderCompleted.class);
  }

  private byte[] request() {
    RenderRequested render = rig.request("video.mp4");
    return rig.serdes.serializer(Topics.RENDERS).serialize(Topics.RENDERS.name(), render);
  }

  private void receive(String key, byte[] value) {
    received.add(
        new ConsumerRecord<>(
            PARTITION.topic(),
            PARTITION.partition(),
            received.size(),
            key == null ? null : RenderRig.utf8(key),
            value));
  }

  private void runUntil(BooleanSupplier done) {
    BooleanSupplier running = new Delivery(PARTITION, before, received).until(done, consumer);
    loop.run(running, new Pulse("the loop", Duration.ofMinutes(1)));
  }

  private OffsetAndMetadata committed() {
    return consumer.committed(Set.of(PARTITION)).get(PARTITION);
  }
}
