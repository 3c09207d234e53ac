package io.zoetrope.assembler.draw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeMarkTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "0, 0:00.0",
    "99999, 0:00.0",
    "123456789, 2:03.4",
    "3599999999, 59:59.9",
    "3723400000, 1:02:03.4",
    "-5, 0:00.0"
  })
  void shouldWriteATime(long micros, String text) {
    assertThat(TimeMark.text(micros)).isEqualTo(text);
  }

  @Test
  void shouldMarkTheLowerRightCornerAndNothingElse() {
    TestPicture picture = TestPicture.of(320, 180, 120);
    new TimeMark(320, 180).draw(picture.canvas(), 5_000_000);
    int changed = 0;
    for (int y = 0; y < 180; y++) {
      for (int x = 0; x < 320; x++) {
        if (picture.luma(x, y) != picture.luma(0, 0)) {
          assertThat(x).isGreaterThan(250);
          assertThat(y).isGreaterThan(150);
          changed++;
        }
      }
    }
    assertThat(changed).isGreaterThan(200);
  }

  @Test
  void shouldMarkNothingWhereThereIsNoRoom() {
    TestPicture picture = TestPicture.of(16, 16, 120);
    new TimeMark(16, 16).draw(picture.canvas(), 5_000_000);
    assertThat(picture.luma(8, 12)).isEqualTo(picture.luma(0, 0));
  }
}
