package io.zoetrope.gateway;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import io.zoetrope.topology.ledger.RunFilter;
import io.zoetrope.topology.ledger.RunOptions;
import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.Render;
import java.util.List;

/** The records of the API as JSON: every component by its name, null where there is nothing. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addMixIn(DetectionPage.Box.class, AsArray.class)
          .addMixIn(RunFilter.Corner.class, AsArray.class)
          .addMixIn(RunOptions.class, FilterAmongOptions.class)
          .addMixIn(Render.Result.class, WithoutLocation.class)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  /** {@code [x, y, width, height]}, {@code [x, y]}. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  private interface AsArray {}

  /** As clients ask for it: the parts of a filter beside the other options. */
  interface FilterAmongOptions {
    @JsonUnwrapped
    RunFilter filter();
  }

  /** Where files lie is the installation's own affair. */
  @JsonIgnoreProperties("location")
  private interface WithoutLocation {}

  private Json() {}

  static void answer(Context http, int status, Object body) {
    answer(http, status, "application/json", body);
  }

  static void answer(Context http, int status, String contentType, Object body) {
    http.status(status).contentType(contentType).result(bytes(body));
  }

  static byte[] bytes(Object body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The wish that is a request's body; one without a body wishes nothing in particular.
   *
   * @param names of all that it may hold
   * @throws ApiException {@code BODY_INVALID}
   */
  static <T> T wish(String body, Class<T> type, List<String> names) {
    try {
      T wish = read(body.isBlank() ? "{}" : body, type);
      if (wish != null) {
        return wish;
      }
    } catch (JsonProcessingException e) {
      // Refused below, like a body that is null.
    }
    throw new ApiException(
        400,
        "BODY_INVALID",
        "the body must be a JSON object with any of %s, as docs/api.md has them"
            .formatted(String.join(", ", names)));
  }

  /** Reads {@code text}, which may hold nothing but the components of {@code type}. */
  static <T> T read(String text, Class<T> type) throws JsonProcessingException {
    return MAPPER.readValue(text, type);
  }
}
