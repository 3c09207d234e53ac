package io.zoetrope.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zoetrope.schemas.EventException;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** Any registry that speaks Confluent's REST API. Any thread. */
public final class RestSchemaRegistry implements SchemaRegistry {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final String base;
  private final Optional<String> authorization;
  private final Map<Question, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

  private record Question(String subject, Schema schema) {}

  /**
   * A client of one registry; nothing is asked yet.
   *
   * @param url of the registry, with the path under which it serves {@code /subjects}; a {@code
   *     user:password@} in it is sent with each request, and shown nowhere
   */
  public RestSchemaRegistry(URI url) {
    Optional<String> user = Optional.ofNullable(url.getRawUserInfo());
    this.base = url.toString().replace(user.map(u -> u + "@").orElse(""), "").replaceAll("/+$", "");
    this.authorization = user.map(RestSchemaRegistry::basic);
  }

  private static String basic(String rawUserInfo) {
    byte[] user = URLDecoder.decode(rawUserInfo.replace("+", "%2B"), UTF_8).getBytes(UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(user);
  }

  @Override
  public int register(String subject, Schema schema) {
    return ids.computeIfAbsent(new Question(subject, schema), this::ask);
  }

  @Override
  public Schema byId(int id) {
    return schemas.computeIfAbsent(
        id,
        unknown -> {
          JsonNode answer = send(request("/schemas/ids/" + unknown).GET().build());
          return new Schema.Parser().parse(answer.path("schema").asText());
        });
  }

  private int ask(Question question) {
    String body =
        JSON.createObjectNode()
            .put("schemaType", "AVRO")
            .put("schema", PlainSchema.of(question.schema()).toString())
            .toString();
    String path = "/subjects/" + URLEncoder.encode(question.subject(), UTF_8) + "/versions";
    return send(request(path).POST(BodyPublishers.ofString(body)).build()).path("id").asInt();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(TIMEOUT)
            .header("Content-Type", MEDIA_TYPE)
            .header("Accept", MEDIA_TYPE);
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 == 2) {
        return JSON.readTree(response.body());
      }
      throw refused(request, response);
    } catch (JsonProcessingException e) {
      throw unreachable("answered with no JSON", e);
    } catch (IOException e) {
      throw unreachable("doesn't answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable("was not waited for", e);
    }
  }

  private static EventException refused(HttpRequest request, HttpResponse<String> response) {
    String code =
        switch (response.statusCode()) {
          case CONFLICT -> "SCHEMA_INCOMPATIBLE";
          case NOT_FOUND -> "SCHEMA_UNKNOWN";
          default -> "SCHEMA_REGISTRY_UNREACHABLE";
        };
    return new EventException(
        code,
        "the schema registry answered %d to %s %s: %s"
            .formatted(response.statusCode(), request.method(), request.uri(), response.body()));
  }

  private EventException unreachable(String what, Exception cause) {
    return new EventException(
        "SCHEMA_REGISTRY_UNREACHABLE", "the schema registry at " + base + " " + what, cause);
  }
}
