package io.zoetrope.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.topology.query.RunDigest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Zoetrope's HTTP API from an analyst's side. Safe to use from several threads; a call blocks until
 * it is answered.
 *
 * <p>Every method throws {@link ApiException} for a problem that the service reports and {@link
 * UserError} {@code SERVER_UNREACHABLE} where there is no answer.
 */
public final class ZoetropeClient {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int FRAMES_A_PAGE = 2_000;
  private static final int VIDEOS_A_PAGE = 1_000;
  private static final String STALE = "Zoetrope-Stale";

  private final URI server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final ObjectMapper json =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * @param server without a trailing slash: {@code http://127.0.0.1:8080}
   */
  public ZoetropeClient(URI server) {
    this.server = server;
  }

  /**
   * Uploads a video, streamed from its file, and asks for a run over it.
   *
   * @param name what people call the video
   * @param options of the run, by the API's names; what is left out is the service's choice
   */
  public Upload upload(Path file, String name, Map<String, String> options) throws IOException {
    Map<String, String> query = new TreeMap<>(options);
    query.put("name", name);
    HttpRequest request =
        HttpRequest.newBuilder(uri("/v1/videos", query))
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofFile(file))
            .build();
    return send(request, Upload.class);
  }

  /** The ids of the models that the service detects with. */
  public List<String> models() {
    return get(uri("/v1/models", Map.of()), Models.class).models();
  }

  private record Models(List<String> models) {}

  /**
   * A page of the videos that the service has.
   *
   * @param cursor of the page before; null for the first
   */
  public VideoPage videos(String cursor) {
    Map<String, String> query = new TreeMap<>();
    query.put("limit", Integer.toString(VIDEOS_A_PAGE));
    if (cursor != null) {
      query.put("cursor", cursor);
    }
    return get(uri("/v1/videos", query), VideoPage.class);
  }

  /**
   * Asks for a run over a video that is there, and gives its id.
   *
   * @param wish by the names of the API, in the types of JSON; what is left out is the service's
   *     choice
   */
  public String requestRun(String videoId, Map<String, Object> wish) {
    HttpRequest request =
        HttpRequest.newBuilder(
                uri(
                    "/v1/videos/" + URLEncoder.encode(videoId, StandardCharsets.UTF_8) + "/runs",
                    Map.of()))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body(wish)))
            .build();
    return send(request, Upload.RequestedRun.class).runId();
  }

  private String body(Map<String, Object> wish) {
    try {
      return json.writeValueAsString(wish);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no wish: " + wish, e);
    }
  }

  public Run run(String videoId, String runId) {
    return get(uri("/v1/videos/" + videoId + "/runs/" + runId, Map.of()), Run.class);
  }

  /**
   * A page of a run's frames from the start.
   *
   * @param cursor of the page before; null for the first
   */
  public DetectionPage detections(String videoId, String runId, String cursor) {
    Map<String, String> query = new TreeMap<>();
    query.put("limit", Integer.toString(FRAMES_A_PAGE));
    if (cursor != null) {
      query.put("cursor", cursor);
    }
    return get(
        uri("/v1/videos/" + videoId + "/runs/" + runId + "/detections", query),
        DetectionPage.class);
  }

  /**
   * The keys, {@code videoId/runId}, of the runs that there are, in their order, and never from a
   * copy of the stores that may be behind.
   *
   * @param after the key that the answer begins after; null: from the first
   */
  public List<String> runKeys(int limit, String after) {
    Map<String, String> query = new TreeMap<>();
    query.put("limit", Integer.toString(limit));
    if (after != null) {
      query.put("after", after);
    }
    return current(uri("/v1/runs", query), RunKeys.class).runs();
  }

  private record RunKeys(List<String> runs) {}

  /** The digest of a run, never from a copy of the stores that may be behind. */
  public RunDigest digest(String videoId, String runId) {
    return current(
        uri("/v1/videos/" + videoId + "/runs/" + runId + "/digest", Map.of()), RunDigest.class);
  }

  private <T> T get(URI uri, Class<T> type) {
    return send(HttpRequest.newBuilder(uri).timeout(ANSWER).GET().build(), type);
  }

  private <T> T current(URI uri, Class<T> type) {
    HttpResponse<byte[]> answer = answer(HttpRequest.newBuilder(uri).timeout(ANSWER).GET().build());
    if (answer.headers().firstValue(STALE).isPresent()) {
      throw new ApiException(
          503,
          "STORES_NOT_READY",
          uri.getPath() + " could only be answered from a copy of the stores, which may be behind");
    }
    return read(answer, type);
  }

  private <T> T send(HttpRequest request, Class<T> type) {
    return read(answer(request), type);
  }

  private <T> T read(HttpResponse<byte[]> answer, Class<T> type) {
    try {
      return json.readValue(answer.body(), type);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private HttpResponse<byte[]> answer(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() / 100 != 2) {
        throw problem(response);
      }
      return response;
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("INTERRUPTED", "interrupted while waiting for " + request.uri(), e);
    }
  }

  private UserError unreachable(IOException e) {
    return new UserError(
        "SERVER_UNREACHABLE",
        "no Zoetrope answers at "
            + server
            + " ("
            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
            + "); start one with `zoetrope up`, or leave --server out",
        e);
  }

  private ApiException problem(HttpResponse<byte[]> response) {
    try {
      JsonNode problem = json.readTree(response.body());
      if (problem.hasNonNull("code")) {
        return new ApiException(
            response.statusCode(),
            problem.get("code").asText(),
            problem.path("detail").asText(problem.path("title").asText()));
      }
    } catch (IOException noProblemDocument) {
      // A proxy in between, or no Zoetrope at all: answered below.
    }
    return new ApiException(
        response.statusCode(),
        "SERVER_ANSWER",
        response.uri()
            + " answered "
            + response.statusCode()
            + " without a problem document; check --server");
  }

  private URI uri(String path, Map<String, String> query) {
    String parameters =
        query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return URI.create(server + path + (parameters.isEmpty() ? "" : "?" + parameters));
  }
}
