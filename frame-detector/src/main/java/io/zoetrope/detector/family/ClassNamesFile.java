package io.zoetrope.detector.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.zoetrope.detector.family.ModelException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * A file with the names of a model's classes: one in each line, or YAML or JSON with {@code
 * names:}, a list or a map from ids, as Ultralytics' {@code data.yaml} has them.
 */
public final class ClassNamesFile {
  private static final long MOST_BYTES = 1 << 20;
  private static final List<String> STRUCTURED = List.of(".yaml", ".yml", ".json");

  /** To YAML, {@code no} is a truth value; as the name of a class it is a word. */
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS).build();

  private ClassNamesFile() {}

  /**
   * The names, by class id.
   *
   * @throws ModelException {@code MODEL_OPTION_INVALID} where the file can't be read or has none
   */
  public static List<String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ModelException(
          Code.MODEL_OPTION_INVALID,
          "There is no file %s with class names; check the path.".formatted(file));
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw invalid(file, "it is larger than 1 MiB", null);
      }
      String name = file.toString().toLowerCase(Locale.ROOT);
      List<String> names =
          STRUCTURED.stream().anyMatch(name::endsWith)
              ? structured(YAML.readTree(file.toFile()))
              : Files.readAllLines(file).stream()
                  .map(String::strip)
                  .filter(line -> !line.isEmpty())
                  .toList();
      if (names.isEmpty()) {
        throw invalid(file, "there are none", null);
      }
      return names;
    } catch (IOException | IllegalArgumentException e) {
      throw invalid(file, String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }

  private static List<String> structured(JsonNode document) {
    JsonNode names = document.has("names") ? document.get("names") : document;
    if (names.isArray()) {
      return StreamSupport.stream(names.spliterator(), false).map(JsonNode::asText).toList();
    }
    if (!names.isObject()) {
      throw new IllegalArgumentException("there is no list or map of names");
    }
    return IntStream.range(0, names.size()).mapToObj(id -> name(names, id)).toList();
  }

  private static String name(JsonNode names, int id) {
    JsonNode name = names.get(Integer.toString(id));
    if (name == null) {
      throw new IllegalArgumentException("class " + id + " has no name");
    }
    return name.asText();
  }

  private static ModelException invalid(Path file, String reason, Exception cause) {
    return new ModelException(
        Code.MODEL_OPTION_INVALID,
        "The class names in %s can't be read (%s); give a file with one name in each line, or YAML or JSON with names:."
            .formatted(file, reason),
        cause);
  }
}
