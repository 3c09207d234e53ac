package io.zoetrope.gateway.pictures;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** How wishes for pictures travel between instances: every component by its name. */
public final class PictureJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addMixIn(PictureQuery.class, Named.class)
          .registerSubtypes(PictureQuery.class.getPermittedSubclasses())
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  /** {@code "picture": "Poster"} beside the components of the record. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "picture")
  private interface Named {}

  private PictureJson() {}

  public static byte[] write(PictureQuery query) {
    try {
      return MAPPER.writerFor(PictureQuery.class).writeValueAsBytes(query);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The wish that came as {@code body}.
   *
   * @throws IOException where it is none that this release knows
   */
  public static PictureQuery read(byte[] body) throws IOException {
    PictureQuery query = MAPPER.readValue(body, PictureQuery.class);
    if (query == null) {
      throw new IOException("null is no wish");
    }
    return query;
  }
}
