package io.zoetrope.gateway.pictures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zoetrope.gateway.cluster.ClusterSecret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has pictures made by assemblers, which run elsewhere: the one that made the last one is asked
 * first, the others where it doesn't answer or has enough to do. Any thread.
 */
public final class RemotePictures implements Pictures {
  /** Where assemblers are asked. */
  public static final String PATH = "/internal/v1/pictures";

  /** When the frame that a picture shows is shown. */
  public static final String FRAME_MICROS = "Zoetrope-Frame-Micros";

  /** What isn't as one might expect of a picture. */
  public static final String NOTE = "Zoetrope-Note";

  private static final Logger log = LoggerFactory.getLogger(RemotePictures.class);
  private static final ObjectMapper PROBLEMS = new ObjectMapper();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();
  private final Set<URI> silent = ConcurrentHashMap.newKeySet();
  private final List<URI> assemblers;
  private final ClusterSecret secret;
  private volatile int preferred;

  /**
   * Nobody is asked yet.
   *
   * @param assemblers where they take questions, one or more; they needn't be all
   */
  public RemotePictures(List<URI> assemblers, ClusterSecret secret) {
    if (assemblers.isEmpty()) {
      throw new IllegalArgumentException("there is no assembler to ask");
    }
    this.assemblers = List.copyOf(assemblers);
    this.secret = secret;
  }

  @Override
  public Rendered make(PictureQuery query) {
    int first = preferred;
    for (int asked = 0; ; asked++) {
      int index = (first + asked) % assemblers.size();
      try {
        Rendered made = ask(assemblers.get(index), query);
        preferred = index;
        return made;
      } catch (PictureException e) {
        boolean another = asked + 1 < assemblers.size();
        if (!another || !isElsewherePossible(e)) {
          throw e;
        }
      }
    }
  }

  private static boolean isElsewherePossible(PictureException e) {
    return e.code().equals(PictureException.UNAVAILABLE) || e.code().equals(PictureException.BUSY);
  }

  private Rendered ask(URI assembler, PictureQuery query) {
    HttpRequest request =
        HttpRequest.newBuilder(assembler.resolve(PATH))
            .timeout(PATIENCE)
            .header("Authorization", secret.header())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(PictureJson.write(query)))
            .build();
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      if (silent.remove(assembler)) {
        log.info("{} answers again", assembler);
      }
      return answer(assembler, response);
    } catch (IOException e) {
      throw unanswered(assembler, String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PictureException(
          PictureException.UNAVAILABLE, "interrupted while an assembler was asked", e);
    }
  }

  private Rendered answer(URI assembler, HttpResponse<InputStream> response) throws IOException {
    if (response.statusCode() == 200) {
      return new Rendered(
          response.headers().firstValue("Content-Type").orElse("application/octet-stream"),
          response.headers().firstValueAsLong("Content-Length").orElseThrow(IOException::new),
          response.headers().firstValue(FRAME_MICROS).map(Long::valueOf).orElse(null),
          response.headers().firstValue(NOTE).orElse(null),
          response.body());
    }
    try (InputStream body = response.body()) {
      JsonNode problem = PROBLEMS.readTree(body);
      String code = problem.path("code").asText();
      if (response.statusCode() == 401 || code.isEmpty()) {
        throw unanswered(
            assembler,
            response.statusCode() == 401
                ? "it was given another cluster.secret than we"
                : "its answer is of status " + response.statusCode(),
            null);
      }
      throw new PictureException(code, problem.path("detail").asText());
    }
  }

  private PictureException unanswered(URI assembler, String why, Exception cause) {
    if (silent.add(assembler)) {
      log.warn("{} doesn't answer: {}", assembler, why);
    }
    return new PictureException(
        PictureException.UNAVAILABLE,
        "no assembler that makes pictures answers; ask again in a moment",
        cause);
  }
}
