package io.zoetrope.assembler.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetteringTest {
  private static Lettering letters(float em) {
    return new Lettering(Typeface.roboto(), new PolygonFill(), em);
  }

  @ParameterizedTest(name = "{0} pixels per em")
  @ValueSource(floats = {10, 13.5f, 18, 25.5f, 48})
  void shouldStandOnItsBaseLineWithWholePixelsBelowAndAbove(float em) {
    Layer layer = new Layer(200, 120);
    Lettering letters = letters(em);

    letters.draw(layer, "EHEH", 4, 80);

    assertThat(rowSum(layer, 80)).isZero();
    assertThat(rowSum(layer, 80 - letters.capitals() - 1)).isZero();
    assertThat(rowMost(layer, 79)).isEqualTo(255);
    assertThat(rowMost(layer, 80 - letters.capitals())).isEqualTo(255);
  }

  @Test
  void shouldDrawAsWideAsItSays() {
    Layer layer = new Layer(400, 60);
    Lettering letters = letters(30);

    letters.draw(layer, "HHHHHHHHHH", 10, 40);

    int first = 400;
    int last = 0;
    for (int x = 0; x < 400; x++) {
      if (layer.coverage(x, 30) > 0) {
        first = Math.min(first, x);
        last = x;
      }
    }
    assertThat((float) (last - first)).isCloseTo(letters.width("HHHHHHHHHH"), within(6f));
  }

  @Test
  void shouldShortenWhatDoesNotFit() {
    Lettering letters = letters(10);

    assertThat(letters.fitted("person", 100)).isEqualTo("person");
    assertThat(letters.fitted("a very long label of somebody's", 60)).isEqualTo("a very long…");
    assertThat(letters.fitted("abc", 1)).isEqualTo("…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"漢字", "שלום", "🚗", "🏳️‍🌈", "क्षत्रिय"})
  void shouldDrawAFrameForWhatTheTypefaceLacks(String text) {
    Layer layer = new Layer(300, 60);

    letters(30).draw(layer, Lettering.drawable(text), 10, 40);

    assertThat(layer.coverage(12, 20) + layer.coverage(13, 20) + layer.coverage(14, 20))
        .isGreaterThan(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Straße", "Łódź", "Θεσσαλονίκη", "Москва", "Việt", "naïve café"})
  void shouldHaveTheLettersOfEurope(String text) {
    text.codePoints()
        .forEach(point -> assertThat(Typeface.roboto().glyph(point).number()).isNotZero());
  }

  @Test
  void shouldComposeAndCleanText() {
    assertThat(Lettering.drawable("  cafe\u0301\n\tbar\u200B\u200D\uFE0F ")).isEqualTo("café  bar");
    assertThat(Lettering.drawable("\uD800x")).hasSize(2);
  }

  private static int rowSum(Layer layer, int y) {
    int sum = 0;
    for (int x = 0; x < layer.width(); x++) {
      sum += layer.coverage(x, y);
    }
    return sum;
  }

  private static int rowMost(Layer layer, int y) {
    int most = 0;
    for (int x = 0; x < layer.width(); x++) {
      most = Math.max(most, layer.coverage(x, y));
    }
    return most;
  }
}
