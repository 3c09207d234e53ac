package io.zoetrope.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitioningTest {
  @Test
  void shouldKeepAllOfAVideoTogether() {
    assertThat(Topics.RUNS.partition("video/run"))
        .isEqualTo(Topics.DETECTIONS.partition("video/run/00000007"))
        .isEqualTo(Topics.SPLITS.partition("video/split"))
        .isEqualTo(Topics.RESULTS.partition("video/other"));
  }

  @Test
  void shouldPlaceAnIdAsKafkasDefaultPartitionerDoes() {
    // murmur2 of "a-little-bit-long-string" is -985981536 in Kafka's own tests.
    assertThat(Partitioning.BY_OWNER.partition("a-little-bit-long-string", 1 << 30))
        .isEqualTo((-985981536 & 0x7fffffff) % (1 << 30));
  }

  @Test
  void shouldSpreadTheBatchesOfASplitOverEveryPartition() {
    assertThat(
            IntStream.range(0, Topics.FRAME_BATCHES.partitions())
                .map(sequence -> Topics.FRAME_BATCHES.partition(Keys.frameBatch("s", sequence))))
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldSortKeysAsTheirBatches() {
    assertThat(Keys.detections("v", "r", 9)).isLessThan(Keys.detections("v", "r", 10));
    assertThat(Keys.sequence(Keys.detections("v", "r", 123))).isEqualTo(123);
  }
}
