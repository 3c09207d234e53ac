package io.zoetrope.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.topology.query.RunDigest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
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
  private static final int OK = 200;
  private static final int BUFFER_BYTES = 1 << 16;
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

  /**
   * Asks for the annotated video of a run, and gives its id.
   *
   * @param wish by the names of the API, in the types of JSON; what is left out is the default
   */
  public String requestRender(String videoId, String runId, Map<String, Object> wish) {
    HttpRequest request =
        HttpRequest.newBuilder(uri(rendersPath(videoId), Map.of("run", runId)))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body(wish)))
            .build();
    return send(request, RequestedRender.class).renderId();
  }

  private record RequestedRender(String renderId) {}

  /** The annotated videos that were asked for of a video. */
  public List<Render> renders(String videoId) {
    return get(uri(rendersPath(videoId), Map.of()), Renders.class).renders();
  }

  private record Renders(List<Render> renders) {}

  /** An annotated video, and how far it is. */
  public Render render(String videoId, String renderId) {
    return get(uri(renderPath(videoId, renderId), Map.of()), Render.class);
  }

  /**
   * Fetches a finished annotated video. It appears at {@code target}, in place of what is there,
   * when all of it has come; where it breaks off, nothing does.
   *
   * @throws IOException where it can't be written
   */
  public void downloadRender(String videoId, String renderId, Path target) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(renderPath(videoId, renderId) + "/video.mp4", Map.of()))
            .GET()
            .build();
    Path folder = target.toAbsolutePath().getParent();
    Path part = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      HttpResponse<InputStream> answer = send(request, BodyHandlers.ofInputStream());
      try (InputStream bytes = answer.body()) {
        if (answer.statusCode() != OK) {
          throw problem(answer.request().uri(), answer.statusCode(), bytes.readAllBytes());
        }
        long size = copy(bytes, part);
        requireAll(answer, size);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  // Trouble with the network is told from trouble with the disk.
  private long copy(InputStream bytes, Path file) throws IOException {
    long size = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = read(bytes, buffer); read >= 0; read = read(bytes, buffer)) {
        out.write(buffer, 0, read);
        size += read;
      }
    }
    return size;
  }

  private int read(InputStream bytes, byte[] buffer) {
    try {
      return bytes.read(buffer);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private void requireAll(HttpResponse<?> answer, long size) {
    long announced = answer.headers().firstValueAsLong("Content-Length").orElse(size);
    if (size != announced) {
      throw unreachable(new IOException("%d bytes came of %d".formatted(size, announced)));
    }
  }

  /** Has an annotated video removed. */
  public void deleteRender(String videoId, String renderId) {
    answer(
        HttpRequest.newBuilder(uri(renderPath(videoId, renderId), Map.of()))
            .timeout(ANSWER)
            .DELETE()
            .build());
  }

  private static String rendersPath(String videoId) {
    return "/v1/videos/" + URLEncoder.encode(videoId, StandardCharsets.UTF_8) + "/annotated";
  }

  private static String renderPath(String videoId, String renderId) {
    return rendersPath(videoId) + "/" + URLEncoder.encode(renderId, StandardCharsets.UTF_8);
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
    HttpResponse<byte[]> response = send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 != 2) {
      throw problem(response.uri(), response.statusCode(), response.body());
    }
    return response;
  }

  private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) {
    try {
      return http.send(request, body);
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

  private ApiException problem(URI uri, int status, byte[] body) {
    try {
      JsonNode problem = json.readTree(body);
      if (problem.hasNonNull("code")) {
        return new ApiException(
            status,
            problem.get("code").asText(),
            problem.path("detail").asText(problem.path("title").asText()));
      }
    } catch (IOException noProblemDocument) {
      // A proxy in between, or no Zoetrope at all: answered below.
    }
    return new ApiException(
        status,
        "SERVER_ANSWER",
        uri + " answered " + status + " without a problem document; check --server");
  }

  private URI uri(String path, Map<String, String> query) {
    String parameters =
        query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return URI.create(server + path + (parameters.isEmpty() ? "" : "?" + parameters));
  }
}
