package io.zoetrope.cli.letters;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.schemas.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterIdTest {
  @Test
  void shouldBeReadAsItIsWritten() {
    LetterId id = new LetterId(Topics.TOPOLOGY_DEAD_LETTER, 3, 17);

    assertThat(id).hasToString("topology/3/17");
    assertThat(LetterId.parse("topology/3/17")).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "topology", "topology/3", "other/3/17", "topology/-1/17", "topology/x/17"})
  void shouldNotBeReadFromAnythingElse(String text) {
    assertThat(LetterId.parse(text)).isEmpty();
  }

  @Test
  void shouldKnowEveryTopicWithDeadLetters() {
    assertThat(LetterId.boxes())
        .extracting(LetterId::shortName)
        .containsExactly("videos", "frame-batches", "assembler", "topology");
    assertThat(LetterId.box("zoetrope.videos.dead-letter.v1")).contains(Topics.VIDEOS_DEAD_LETTER);
  }
}
