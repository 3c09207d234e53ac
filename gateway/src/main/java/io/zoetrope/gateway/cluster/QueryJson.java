package io.zoetrope.gateway.cluster;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.VideoQuery;
import java.io.IOException;
import java.util.Optional;

/**
 * How questions and answers travel between instances: the records themselves, every component by
 * its name. What an instance of a later release adds, one of an earlier release doesn't mind.
 */
public final class QueryJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addMixIn(VideoQuery.class, Named.class)
          .addMixIn(DetectionPage.Box.class, AsArray.class)
          .registerSubtypes(VideoQuery.class.getPermittedSubclasses())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** {@code "question": "OneRun"} beside the components of the record. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "question")
  private interface Named {}

  /** {@code [x, y, width, height]}, of which an answer has very many. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  private interface AsArray {}

  /** On its way, an answer of nothing is null. */
  private record Reply<A>(long behind, A answer) {}

  private QueryJson() {}

  static byte[] write(VideoQuery<?> query) {
    return bytes(query);
  }

  /**
   * The question that came as {@code body}.
   *
   * @throws IOException where it is none that this release knows
   */
  public static VideoQuery<?> readQuery(String body) throws IOException {
    VideoQuery<?> query = MAPPER.readValue(body, VideoQuery.class);
    if (query == null) {
      throw new IOException("null is no question");
    }
    return query;
  }

  /** An answer to be read as that to the question that it answers. */
  public static byte[] write(Answer<? extends Optional<?>> answer) {
    return bytes(new Reply<>(answer.behind(), answer.value().orElse(null)));
  }

  /**
   * The answer to {@code query} that came as {@code body}.
   *
   * @throws IOException where it is none
   */
  static <A> Answer<Optional<A>> readAnswer(byte[] body, VideoQuery<A> query) throws IOException {
    Reply<A> reply =
        MAPPER.readValue(
            body, MAPPER.getTypeFactory().constructParametricType(Reply.class, query.type()));
    if (reply == null) {
      throw new IOException("null is no answer");
    }
    return new Answer<>(Optional.ofNullable(reply.answer()), reply.behind());
  }

  private static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
