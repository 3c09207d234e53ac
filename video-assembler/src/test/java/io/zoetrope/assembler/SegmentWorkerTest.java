package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.events.RenderFailed;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.isolation.Pulse;
import io.zoetrope.schemas.DeadLetter;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.SegmentHeaders;
import io.zoetrope.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SegmentWorkerTest {
  private static final String RENDER = RenderRig.VIDEO + "/" + RenderRig.RENDER;
  private static final TopicPartition PARTITION = new TopicPartition(Topics.SEGMENTS.name(), 5);

  @TempDir private Path folder;
  private final List<ConsumerRecord<byte[], byte[]>> received = new ArrayList<>();
  private OffsetAndMetadata before = new OffsetAndMetadata(0, "");
  private volatile boolean handOver = true;
  private MockConsumer<byte[], byte[]> consumer;
  private RenderRig rig;
  private SegmentWorker worker;

  @BeforeEach
  void open() throws IOException {
    GreyVideo.write(folder.resolve("video.mp4"), 300);
    work(SegmentTrial.class);
  }

  /** With segments to make, and this to make suspects in. */
  private void work(Class<?> child) {
    close();
    rig = new RenderRig(folder, child);
    rig.detected(300);
    assertThatThrownBy(
            () -> rig.planner.plan(rig.request("video.mp4"), () -> rig.asked().size() > 1))
        .isInstanceOf(CancellationException.class);
    consumer = new MockConsumer<>("earliest");
    worker =
        new SegmentWorker(
            consumer,
            rig.serdes.deserializer(Topics.SEGMENTS),
            rig.maker,
            new UnusableRequests(rig.publisher, rig.meters),
            new RequestLogs("me", consumer));
  }

  @AfterEach
  void close() {
    if (worker != null) {
      worker.close();
      rig.close();
    }
  }

  @Test
  void shouldMakeOneSegmentAfterTheOtherAndSettleEach() {
    receive(0, value(0), headers());
    receive(1, value(1), headers());

    runUntil(() -> committed().offset() == 2);

    assertThat(rig.ledger.segments(RenderRig.VIDEO, RenderRig.RENDER, 1))
        .extracting(SegmentRendered::getSequence)
        .containsExactly(0, 1);
    assertThat(committed().metadata()).isEmpty();
  }

  @Test
  void shouldHaveOnRecordWhatItHasInHand() {
    OffsetAndMetadata[] during = new OffsetAndMetadata[1];
    rig.ledger.meanwhile(() -> during[0] = committed());
    receive(0, value(0), headers());

    runUntil(() -> committed().offset() == 1);

    assertThat(during[0]).isEqualTo(new OffsetAndMetadata(0, "attempts me 0+"));
  }

  @Test
  void shouldSetAsideWhatCannotBeReadAndSayWhichRenderLacksIt() {
    receive(0, new byte[] {1, 2, 3}, headers());
    receive(1, value(0), headers());

    runUntil(() -> committed().offset() == 2);

    RenderFailed failed = (RenderFailed) rig.event(RENDER).getState();
    assertThat(failed.getCode()).isEqualTo("RECORD_UNREADABLE");
    assertThat(rig.event(RENDER).getRevision()).isEqualTo(1);
    assertThat(rig.records(Topics.ASSEMBLER_DEAD_LETTER.name()))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.value()).containsExactly(1, 2, 3);
              assertThat(DeadLetter.in(letter.headers()))
                  .contains(
                      new DeadLetter(
                          "RECORD_UNREADABLE",
                          failed.getMessage(),
                          Topics.SEGMENTS.name(),
                          PARTITION.partition(),
                          0));
            });
  }

  @Test
  void shouldSetAsideWhatNobodyKnowsTheRenderOf() {
    receive(0, null, new RecordHeaders());

    runUntil(() -> committed().offset() == 1);

    assertThat(rig.records(Topics.ASSEMBLER_DEAD_LETTER.name())).hasSize(1);
    assertThat(rig.event(RENDER).getState()).isNotInstanceOf(RenderFailed.class);
  }

  @Test
  void shouldMakeASuspectElsewhereHoweverManyProcessesDied() {
    before = new OffsetAndMetadata(0, "attempts somebody 0:7+");
    OffsetAndMetadata[] during = new OffsetAndMetadata[1];
    rig.ledger.meanwhile(() -> during[0] = committed());
    receive(0, value(0), headers());

    runUntil(() -> committed().offset() == 1);

    SegmentRendered made = (SegmentRendered) rig.event(RENDER + "/00000000").getState();
    assertThat(made.getFailedFrames()).isEmpty();
    assertThat(during[0]).as("not in hand").isEqualTo(before);
    assertThat(committed()).isEqualTo(new OffsetAndMetadata(1, ""));
  }

  @Test
  void shouldNotTryWhereNoChildIsToBeHadWhatFourProcessesDiedOf() {
    work(String.class);
    before = new OffsetAndMetadata(0, "attempts somebody 0:3+");
    receive(0, value(0), headers());

    runUntil(() -> committed().offset() == 1);

    assertThat(rig.event(RENDER).getState())
        .isEqualTo(
            new RenderFailed(
                "SEGMENT_CRASHED",
                "The pictures of frames 0 to %d can't be made: 4 processes ended while they made them; convert the video."
                    .formatted(rig.asked().get(0).getBatch().getExpectedFrames() - 1)));
  }

  @Test
  void shouldMakeHereWhatNoChildIsToBeHadFor() {
    work(String.class);
    before = new OffsetAndMetadata(0, "attempts somebody 0:2+");
    OffsetAndMetadata[] during = new OffsetAndMetadata[1];
    rig.ledger.meanwhile(() -> during[0] = committed());
    receive(0, value(0), headers());

    runUntil(() -> committed().offset() == 1);

    assertThat(rig.event(RENDER + "/00000000").getState()).isInstanceOf(SegmentRendered.class);
    assertThat(during[0]).isEqualTo(new OffsetAndMetadata(0, "attempts me 0:3+"));
  }

  @Test
  void shouldFinishWhatItHasInHandWhereItsPartitionGoesToAnother() {
    receive(0, value(0), headers());
    rig.ledger.meanwhile(
        () -> {
          if (handOver) {
            handOver = false;
            consumer.schedulePollTask(() -> consumer.rebalance(List.of()));
          }
        });

    runUntil(() -> !handOver && consumer.assignment().isEmpty());

    assertThat(rig.event(RENDER + "/00000000").getState()).isInstanceOf(SegmentRendered.class);
  }

  /** Has the worker's consumer given a partition at its first poll, and this at the next. */
  private void receive(long offset, byte[] value, RecordHeaders headers) {
    received.add(
        new ConsumerRecord<>(
            PARTITION.topic(),
            PARTITION.partition(),
            offset,
            0,
            TimestampType.CREATE_TIME,
            0,
            0,
            RenderRig.utf8(Keys.segment(RenderRig.RENDER, (int) offset)),
            value,
            headers,
            Optional.empty()));
  }

  private byte[] value(int sequence) {
    return rig.records(Topics.SEGMENTS.name()).get(sequence).value();
  }

  private RecordHeaders headers() {
    RecordHeaders headers = new RecordHeaders();
    SegmentHeaders.of(rig.asked().get(0)).addTo(headers);
    return headers;
  }

  private void runUntil(BooleanSupplier done) {
    BooleanSupplier running = new Delivery(PARTITION, before, received).until(done, consumer);
    worker.run(running, new Pulse("the worker", Duration.ofMinutes(1)));
  }

  private OffsetAndMetadata committed() {
    return consumer.committed(Set.of(PARTITION)).get(PARTITION);
  }
}
