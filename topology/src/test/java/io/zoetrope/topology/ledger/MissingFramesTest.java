package io.zoetrope.topology.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.Failure;
import io.zoetrope.events.FrameDetections;
import io.zoetrope.events.FrameStatus;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MissingFramesTest {
  @Test
  void shouldGiveALostBatchTheFramesThatItsNeighboursLeave() {
    List<MissingFrames> missing =
        in(12, processed(0, 0, 4), lost(1, "BATCH_LOST", "gone"), processed(2, 9, 3));

    assertThat(missing)
        .containsExactly(new MissingFrames(1, 4, 8, null, new Reason("BATCH_LOST", "gone")));
  }

  @Test
  void shouldGiveLostBatchesTheFirstAndTheLastFrames() {
    List<MissingFrames> missing =
        in(
            12,
            lost(0, "BATCH_LOST", "gone"),
            processed(1, 4, 4),
            lost(2, "RECORD_UNREADABLE", "x"));

    assertThat(missing)
        .extracting(
            MissingFrames::sequence,
            MissingFrames::firstFrame,
            MissingFrames::lastFrame,
            range -> range.reason().code())
        .containsExactly(tuple(0, 0L, 3L, "BATCH_LOST"), tuple(2, 8L, 11L, "RECORD_UNREADABLE"));
  }

  @Test
  void shouldSayOfNeighboursThatAreLostAllThatIsKnown() {
    List<MissingFrames> missing =
        in(
            12,
            processed(0, 0, 4),
            lost(1, "BATCH_LOST", "gone"),
            lost(2, "RECORD_UNREADABLE", "torn"));

    assertThat(missing)
        .containsExactly(
            new MissingFrames(1, 4, 11, null, new Reason("BATCH_LOST", "gone; or torn")));
    assertThat(missing.get(0).count()).isEqualTo(8);
  }

  @Test
  void shouldMissNothingWhereALostBatchHasLeftNoGap() {
    assertThat(in(8, processed(0, 0, 4), lost(1, "BATCH_LOST", "gone"), processed(2, 4, 4)))
        .isEmpty();
  }

  @Test
  void shouldBlameNoLostBatchForFramesBehindAnother() {
    List<MissingFrames> missing =
        in(
            12,
            processed(0, 0, 2),
            lost(1, "BATCH_LOST", "gone"),
            processed(2, 4, 4),
            processed(3, 10, 2));

    assertThat(missing)
        .extracting(
            MissingFrames::sequence,
            MissingFrames::firstFrame,
            MissingFrames::lastFrame,
            range -> range.reason().code())
        .containsExactly(tuple(1, 2L, 3L, "BATCH_LOST"), tuple(3, 8L, 9L, "FRAME_UNACCOUNTED"));
  }

  private static List<MissingFrames> in(long expectedFrames, BatchDetections... batches) {
    Standing standing =
        new Standing(
            RunStatus.INCOMPLETE,
            expectedFrames,
            expectedFrames,
            batches.length,
            FrameCounts.NONE,
            BatchCounts.NONE,
            null,
            null,
            null);
    return MissingFrames.in(List.of(batches).iterator(), standing);
  }

  private static BatchDetections processed(int sequence, long firstFrame, int count) {
    List<FrameDetections> frames =
        LongStream.range(firstFrame, firstFrame + count)
            .mapToObj(
                frame ->
                    new FrameDetections(
                        frame, frame * 40_000, FrameStatus.PROCESSED, null, 4, 4, List.of()))
            .toList();
    return batch(sequence, firstFrame, count, null, frames);
  }

  private static BatchDetections lost(int sequence, String code, String message) {
    return batch(sequence, -1, 0, new Failure(code, message), List.of());
  }

  private static BatchDetections batch(
      int sequence,
      long firstFrame,
      int expectedFrames,
      Failure failure,
      List<FrameDetections> frames) {
    return new BatchDetections(
        "video",
        "run",
        "split",
        "model",
        sequence,
        firstFrame,
        expectedFrames,
        List.of(),
        failure,
        frames);
  }
}
