package io.zoetrope.detector.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesParserTest {
  @Test
  void shouldReadAPythonDictionary() {
    assertThat(parse("{0: 'person', 1: \"driver's seat\", 10: 'it\\'s', 2: 'caf\\xe9 \\u2713'}"))
        .isEqualTo(Map.of(0, "person", 1, "driver's seat", 10, "it's", 2, "café ✓"));
  }

  @Test
  void shouldReadJson() {
    assertThat(parse("{\"0\":\"a, b\", \"1\" : \"c: {d}\\n\"}"))
        .isEqualTo(Map.of(0, "a, b", 1, "c: {d}\n"));
    assertThat(parse("[\"a\", \"b\"]")).isEqualTo(Map.of(0, "a", 1, "b"));
  }

  @Test
  void shouldReadAPythonListAndTrailingCommas() {
    assertThat(parse(" ['a', 'b',] ")).isEqualTo(Map.of(0, "a", 1, "b"));
    assertThat(parse("{}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "person",
        "{",
        "{0",
        "{0:",
        "{0: 'a",
        "{0: 'a'",
        "{0: a}",
        "{'x': 'a'}",
        "{: 'a'}",
        "{0: 'a'} 1",
        "{0: 'a' 1: 'b'}",
        "{0: 'a', 0: 'b'}",
        "['a\\",
        "['\\x4",
        "['\\uzzzz']"
      })
  void shouldRefuseAnythingElse(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> parse(text));
  }

  private static Map<Integer, String> parse(String text) {
    return new NamesParser(text).parse();
  }
}
