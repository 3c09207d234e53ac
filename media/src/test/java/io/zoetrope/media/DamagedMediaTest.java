package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.media.FrameOutcome.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamagedMediaTest {
  @ParameterizedTest(name = "in batches of {0} with {1} threads")
  @CsvSource({"8, 1", "8, 2", "32, 1", "0, 1", "0, 2"})
  void shouldAccountForEveryFrameOfADamagedFile(int target, int threads) throws Exception {
    Path file = SharedMedia.file("corrupted.mp4");
    List<SequentialDecode.Picture> expected = SequentialDecode.of(file);

    BatchedDecode actual =
        BatchedDecode.of(file, CutOptions.DEFAULT.withTargetFrames(target), threads);

    assertThat(
            actual.outcomes().stream()
                .collect(Collectors.groupingBy(FrameOutcome::status, Collectors.counting())))
        .containsEntry(Status.DECODED, 48L)
        .containsEntry(Status.DAMAGED, 1L)
        .containsEntry(Status.FAILED, 1L)
        .hasSize(3);
    assertThat(actual.outcomes()).extracting(FrameOutcome::index).isSorted().hasSize(50);
    assertThat(actual.frames())
        .extracting(BatchedDecode.Frame::pts)
        .isEqualTo(expected.stream().map(SequentialDecode.Picture::pts).toList());
    FrameOutcome failed =
        actual.outcomes().stream()
            .filter(o -> o.status() == Status.FAILED)
            .findFirst()
            .orElseThrow();
    assertThat(failed.failure()).contains("Invalid data found when processing input");
    assertThat(actual.frames())
        .extracting(BatchedDecode.Frame::index)
        .doesNotContain(failed.index());
    long untilDamage =
        actual.outcomes().stream().takeWhile(o -> o.status() == Status.DECODED).count();
    // A frame shown shortly before the damaged one may have been decoded after it, and refer to it.
    long untouched = untilDamage - actual.stream().videoDelay();
    assertThat(untouched).isEqualTo(28);
    for (int i = 0; i < untouched; i++) {
      assertThat(actual.frames().get(i).hash()).isEqualTo(expected.get(i).hash());
    }
  }
}
