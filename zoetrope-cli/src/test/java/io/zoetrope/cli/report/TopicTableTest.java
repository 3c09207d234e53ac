package io.zoetrope.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.schemas.TopicDifference;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicTableTest {
  @Test
  void shouldSayWhatIsAndWhatShouldBe() {
    assertThat(
            TopicTable.render(
                List.of(
                    new TopicDifference("zoetrope.runs.v1", "partitions", "12", "24", true),
                    new TopicDifference(
                        "zoetrope.videos.v1", "retention.ms", "1000", "604800000", false))))
        .isEqualTo(
            """
            TOPIC               WHAT          IS    SHOULD BE
            zoetrope.runs.v1    partitions    12    24         can't work
            zoetrope.videos.v1  retention.ms  1000  604800000  your choice
            """);
  }

  @Test
  void shouldSayNothingWhereNothingDiffers() {
    assertThat(TopicTable.render(List.of())).isEmpty();
  }
}
