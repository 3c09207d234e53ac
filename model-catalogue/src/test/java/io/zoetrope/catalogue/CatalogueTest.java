package io.zoetrope.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.catalogue.CatalogueException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  @TempDir Path folder;

  @Test
  void shouldKnowYoloxFromItsOfficialRelease() {
    List<CatalogueEntry> entries = Catalogue.bundled().entries();

    assertThat(entries)
        .extracting(CatalogueEntry::name)
        .containsExactly("yolox_nano", "yolox_tiny", "yolox_s", "yolox_m", "yolox_l", "yolox_x");
    assertThat(entries)
        .allSatisfy(
            entry -> {
              assertThat(entry.url())
                  .hasToString(
                      "https://github.com/Megvii-BaseDetection/YOLOX/releases/download/0.1.1rc0/"
                          + entry.name()
                          + ".onnx");
              assertThat(entry.isPermissive()).isTrue();
              // The publisher names no hash: whoever vouches for one is named.
              assertThat(entry.sha256().isPresent()).isEqualTo(entry.sha256From().isPresent());
            });
  }

  @Test
  void shouldBeExtendedAndOverriddenByAFileOfTheUsers() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("mine.json"),
            """
            {
              // My own, and a mirror.
              "models": [
                {"name": "mine", "url": "http://here/mine.onnx", "sha256": "%s", "licence": "AGPL-3.0"},
                {"name": "yolox_nano", "url": "https://mirror/n.onnx", "sha256": "unpinned", "licence": "MIT"},
              ]
            }
            """
                .formatted(HASH.toUpperCase(Locale.ROOT)));

    Catalogue catalogue = Catalogue.bundled().extendedBy(file);

    assertThat(catalogue.entries()).hasSize(7).last().extracting("name").isEqualTo("mine");
    assertThat(catalogue.find("mine").orElseThrow())
        .satisfies(
            mine -> {
              assertThat(mine.sha256()).contains(HASH);
              assertThat(mine.isPermissive()).isFalse();
              assertThat(mine.bytes()).isEmpty();
            });
    assertThat(catalogue.find("yolox_nano").orElseThrow())
        .satisfies(
            nano -> {
              assertThat(nano.url()).hasToString("https://mirror/n.onnx");
              assertThat(nano.sha256()).isEmpty();
            });
    assertThat(catalogue.find("yolox_tiny")).isPresent();
    assertThat(catalogue.find("yolox_huge")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name    | null                      | models[0] lacks 'name'",
        "name    | \"../etc/passwd\"         | models[0] has the name '../etc/passwd', but has to",
        "name    | \"net.onnx\"              | models[0] has the name 'net.onnx', but has to have one of",
        "name    | \"line\\nfeed\"           | models[0] has a 'name' that is no line of text",
        "url     | null                      | models[0] (net) lacks 'url'",
        "url     | \"ftp://a/b\"             | models[0] (net) has the url 'ftp://a/b', but has to have",
        "url     | \"https://me:pw@a/b\"     | models[0] (net) has the url",
        "url     | \"a b\"                   | models[0] (net) has the url 'a b', but has to have an http",
        "sha256  | null                      | models[0] (net) lacks 'sha256'",
        "sha256  | \"abc\"                   | models[0] (net) has an sha256 that is neither 64 hex",
        "licence | null                      | models[0] (net) lacks 'licence'",
        "licence | 7                         | models[0] (net) has a 'licence' that is no line of text",
        "bytes   | 0                         | models[0] (net) has 'bytes' that aren't a whole number",
        "bytes   | 1.5                       | models[0] (net) has 'bytes' that aren't a whole number",
        "licens  | \"MIT\"                   | models[0] (net) has a field 'licens' that isn't known",
      })
  void shouldNameTheFieldThatIsWrong(String field, String value, String sentence) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", "\"net\"");
    fields.put("url", "\"https://a/b\"");
    fields.put("sha256", "\"unpinned\"");
    fields.put("licence", "\"MIT\"");
    fields.put(field, value);
    fields.values().removeIf("null"::equals);
    String entry =
        fields.entrySet().stream()
            .map(e -> "\"" + e.getKey() + "\": " + e.getValue())
            .collect(Collectors.joining(", ", "{", "}"));

    refused("{\"models\": [" + entry + "]}", sentence);
  }

  @Test
  void shouldNameTheLineThatIsNoJson() {
    refused("{\"models\": [\n  {\"name\" \"net\"}\n]}", "isn't JSON: line 2, column 11: ");
    refused("{\"models\": [], \"models\": []}", "isn't JSON: line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "{\"models\": {}}", "{\"models\": [], \"more\": 1}", ""})
  void shouldSayWhichFormACatalogueHas(String json) {
    refused(json, "has to be of the form {\"models\": [{…}, …]}");
  }

  @Test
  void shouldRefuseTwoEntriesOfOneName() {
    String entry =
        "{\"name\": \"%s\", \"url\": \"https://a/b\", \"sha256\": \"unpinned\", \"licence\": \"MIT\"}";

    refused(
        "{\"models\": [" + entry.formatted("net") + "," + entry.formatted("NET") + "]}",
        "models[1] (NET) has the name of an entry before it");
  }

  @Test
  void shouldSayWhenTheFileIsNotThere() {
    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> Catalogue.bundled().extendedBy(folder.resolve("none.json")))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.CATALOGUE_INVALID))
        .withMessageContainingAll("none.json", "NoSuchFile", "--catalogue");
  }

  private void refused(String json, String sentence) {
    Path file = folder.resolve("c.json");
    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> Catalogue.bundled().extendedBy(Files.writeString(file, json)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.CATALOGUE_INVALID))
        .withMessageStartingWith("the catalogue " + file)
        .withMessageContaining(sentence);
  }
}
