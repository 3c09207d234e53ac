package io.zoetrope.catalogue;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.zoetrope.catalogue.CatalogueException.Code;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The form of a catalogue: {@code {"models": [{"name": …, "url": …, "sha256": …, "licence": …}]}},
 * JSON in which comments and trailing commas are allowed. Whatever else is in it is refused, so
 * that no misspelt field is overlooked.
 */
final class CatalogueFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String UNPINNED = "unpinned";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern LINE = Pattern.compile("\\P{Cntrl}{0,500}");
  private static final Set<String> FIELDS =
      Set.of("name", "url", "sha256", "sha256From", "licence", "family", "bytes", "description");

  private final String source;
  private String where = "";

  private CatalogueFile(String source) {
    this.source = source;
  }

  /**
   * Reads all entries.
   *
   * @param source what is read, as the subject of a sentence
   * @throws CatalogueException {@code CATALOGUE_INVALID}, which names the entry and the field
   */
  static Stream<CatalogueEntry> parse(String source, byte[] json) {
    return new CatalogueFile(source).entries(json).stream();
  }

  /** Whether a model may be named so; such a name is also safe in a path. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches() && !text.endsWith(".onnx");
  }

  private List<CatalogueEntry> entries(byte[] json) {
    JsonNode root = read(json);
    if (!root.isObject() || root.size() != 1 || !root.path("models").isArray()) {
      throw invalid("has to be of the form {\"models\": [{…}, …]} and to hold nothing else");
    }
    List<CatalogueEntry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode model : root.path("models")) {
      where = "models[%d]".formatted(entries.size());
      CatalogueEntry entry = entry(model);
      if (!names.add(entry.name().toLowerCase(Locale.ROOT))) {
        throw invalid("has the name of an entry before it; names differ in more than case");
      }
      entries.add(entry);
    }
    return entries;
  }

  private JsonNode read(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      throw new CatalogueException(
          Code.CATALOGUE_INVALID,
          "%s isn't JSON: line %d, column %d: %s"
              .formatted(source, place.getLineNr(), place.getColumnNr(), e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private CatalogueEntry entry(JsonNode model) {
    if (!model.isObject()) {
      throw invalid("has to be an object");
    }
    String name = text(model, "name").orElseThrow(() -> missing("name"));
    if (!isName(name)) {
      throw invalid(
          "has the name '%s', but has to have one of letters, digits and . _ - that doesn't end in .onnx"
              .formatted(name));
    }
    where = where + " (" + name + ")";
    for (String field : (Iterable<String>) model::fieldNames) {
      if (!FIELDS.contains(field)) {
        throw invalid("has a field '%s' that isn't known".formatted(field));
      }
    }
    return new CatalogueEntry(
        name,
        url(text(model, "url").orElseThrow(() -> missing("url"))),
        sha256(text(model, "sha256").orElseThrow(() -> missing("sha256"))),
        text(model, "sha256From"),
        text(model, "licence").orElseThrow(() -> missing("licence")),
        text(model, "family").orElse(""),
        bytes(model.path("bytes")),
        text(model, "description").orElse(""));
  }

  private Optional<String> text(JsonNode model, String field) {
    JsonNode value = model.path(field);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.asText().isBlank() || !LINE.matcher(value.asText()).matches()) {
      throw invalid("has a '%s' that is no line of text".formatted(field));
    }
    return Optional.of(value.asText().strip());
  }

  private URI url(String text) {
    try {
      URI url = URI.create(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null && url.getUserInfo() == null) {
        return url;
      }
    } catch (IllegalArgumentException noUrl) {
      // Answered below.
    }
    throw invalid(
        "has the url '%s', but has to have an http or https address without credentials"
            .formatted(text));
  }

  private Optional<String> sha256(String text) {
    if (text.equals(UNPINNED)) {
      return Optional.empty();
    }
    if (!Sha256.isHash(text)) {
      throw invalid("has an sha256 that is neither 64 hex digits nor \"unpinned\"");
    }
    return Optional.of(text.toLowerCase(Locale.ROOT));
  }

  private OptionalLong bytes(JsonNode value) {
    if (value.isMissingNode()) {
      return OptionalLong.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() <= 0) {
      throw invalid("has 'bytes' that aren't a whole number above 0");
    }
    return OptionalLong.of(value.asLong());
  }

  private CatalogueException missing(String field) {
    return invalid("lacks '%s'".formatted(field));
  }

  private CatalogueException invalid(String what) {
    String subject = where.isEmpty() ? source : source + ": " + where;
    return new CatalogueException(Code.CATALOGUE_INVALID, subject + " " + what);
  }
}
