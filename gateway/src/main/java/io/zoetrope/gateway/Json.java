package io.zoetrope.gateway;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import io.zoetrope.topology.ledger.RunFilter;
import io.zoetrope.topology.ledger.RunOptions;
import io.zoetrope.topology.query.DetectionPage;

/** The records of the API as JSON: every component by its name, null where there is nothing. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addMixIn(DetectionPage.Box.class, AsArray.class)
          .addMixIn(RunFilter.Corner.class, AsArray.class)
          .addMixIn(RunOptions.class, FilterAmongOptions.class)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  /** {@code [x, y, width, height]}, {@code [x, y]}. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  private interface AsArray {}

  /** As clients ask for it: the parts of a filter beside the other options. */
  interface FilterAmongOptions {
    @JsonUnwrapped
    RunFilter filter();
  }

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

  /** Reads {@code text}, which may hold nothing but the components of {@code type}. */
  static <T> T read(String text, Class<T> type) throws JsonProcessingException {
    return MAPPER.readValue(text, type);
  }
}
