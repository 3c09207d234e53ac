package io.zoetrope.gateway.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.QueryException;
import io.zoetrope.topology.query.VideoQuery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks other instances, each question once and for seconds at most. An instance that stops
 * answering is named in the log once, and once more when it answers again. Any thread.
 */
public final class InstanceClient {
  /** Where instances take each other's questions. */
  public static final String PATH = "/internal/v1/query";

  /** How often a question may yet be passed on by whoever gets it. */
  public static final String HOPS_LEFT = "Zoetrope-Hops-Left";

  private static final Logger log = LoggerFactory.getLogger(InstanceClient.class);
  private static final ObjectMapper PROBLEMS = new ObjectMapper();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();
  private final Set<URI> silent = ConcurrentHashMap.newKeySet();
  private final ClusterSecret secret;

  public InstanceClient(ClusterSecret secret) {
    this.secret = secret;
  }

  /**
   * Sends a question; returns at once.
   *
   * @param hopsLeft how often {@code instance} may pass it on, 0 or 1
   */
  <A> PendingAnswer<A> ask(URI instance, VideoQuery<A> query, int hopsLeft) {
    // Who may pass it on tries an owner and then a copy.
    Duration patience =
        hopsLeft == 0 ? query.patience() : query.patience().multipliedBy(2).plus(CONNECT_TIMEOUT);
    HttpRequest request =
        HttpRequest.newBuilder(instance.resolve(PATH))
            .header("Authorization", secret.header())
            .header("Content-Type", "application/json")
            .header(HOPS_LEFT, Integer.toString(hopsLeft))
            .POST(BodyPublishers.ofByteArray(QueryJson.write(query)))
            .build();
    // Of several that are asked at once, each has its time from here on.
    long deadline = System.nanoTime() + patience.toNanos();
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request, BodyHandlers.ofByteArray());
    return () -> answer(instance, query, await(instance, exchange, deadline));
  }

  private HttpResponse<byte[]> await(
      URI instance, CompletableFuture<HttpResponse<byte[]>> exchange, long deadline) {
    try {
      return exchange.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw unanswered(instance, String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw unanswered(instance, "nothing came in time", e);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw notReady("interrupted while another instance was asked", e);
    }
  }

  private <A> Answer<Optional<A>> answer(
      URI instance, VideoQuery<A> query, HttpResponse<byte[]> response) {
    try {
      return switch (response.statusCode()) {
        case 200 -> {
          Answer<Optional<A>> answer = QueryJson.readAnswer(response.body(), query);
          if (silent.remove(instance)) {
            log.info("{} answers again", instance);
          }
          yield answer;
        }
        case 400, 503 -> throw refusal(PROBLEMS.readTree(response.body()));
        case 401 -> throw unanswered(instance, "it was given another cluster.secret than we", null);
        default ->
            throw unanswered(instance, "its answer is of status " + response.statusCode(), null);
      };
    } catch (IOException e) {
      throw unanswered(instance, "its answer can't be read: " + e.getMessage(), e);
    }
  }

  private static QueryException refusal(JsonNode problem) {
    String sentence = problem.path("detail").asText();
    return problem.path("code").asText().equals(QueryException.CURSOR_INVALID)
        ? new QueryException(QueryException.CURSOR_INVALID, sentence)
        : notReady(sentence, null);
  }

  private QueryException unanswered(URI instance, String why, Exception cause) {
    if (silent.add(instance)) {
      log.warn("{} doesn't answer: {}", instance, why);
    }
    return notReady("an instance that is asked doesn't answer; ask again in a moment", cause);
  }

  private static QueryException notReady(String sentence, Exception cause) {
    return new QueryException(QueryException.STORES_NOT_READY, sentence, cause);
  }
}
