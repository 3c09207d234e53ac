package io.zoetrope.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptNoteTest {
  private static final AttemptNote NOTE =
      new AttemptNote(
          "me",
          List.of(
              new Attempt(1000, 0, true), new Attempt(1003, 1, false), new Attempt(1004, 2, true)));

  @Test
  void shouldReadWhatItWrites() {
    String metadata = NOTE.format(1000);

    assertThat(metadata).isEqualTo("attempts me 0+ 3:1 4:2+");
    assertThat(AttemptNote.parse(metadata, 1000)).isEqualTo(NOTE);
  }

  @Test
  void shouldCountADeathForWhatAnotherProcessHasInHandStill() {
    assertThat(NOTE.deaths("another")).isEqualTo(Map.of(1000L, 1, 1003L, 1, 1004L, 3));
  }

  @Test
  void shouldCountNoDeathForWhatTheReaderItselfHadInHand() {
    assertThat(NOTE.deaths("me")).isEqualTo(Map.of(1003L, 1, 1004L, 2));
  }

  @Test
  void shouldSayNothingWhereThereIsNothingToSay() {
    assertThat(new AttemptNote("me", List.of()).format(7)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "somebody else's",
        "attempts ",
        "attempts me x 1: +",
        "attempts me 99999999999999999999"
      })
  void shouldPassOverWhatItDoesNotUnderstand(String metadata) {
    assertThat(AttemptNote.parse(metadata, 0).deaths("another")).isEmpty();
  }

  @Test
  void shouldPassOverMissingMetadata() {
    assertThat(AttemptNote.parse(null, 0).attempts()).isEmpty();
  }

  @Test
  void shouldStayWithinWhatABrokerTakes() {
    List<Attempt> many =
        LongStream.range(0, 2000).mapToObj(offset -> new Attempt(offset, 2, true)).toList();

    String metadata = new AttemptNote("me", many).format(0);

    assertThat(metadata).hasSizeBetween(3900, 4096);
    assertThat(AttemptNote.parse(metadata, 0).attempts()).startsWith(many.get(0), many.get(1));
  }
}
