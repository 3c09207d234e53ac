package io.zoetrope.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.faults.Workload.Wanted;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** While owners of stores die, every answer is right, or says that it may be old, or is a 503. */
@ExtendWith(OneStage.class)
class FailoverQueries {
  private static final Duration WATCHED = Duration.ofSeconds(20);

  /** Of all questions; judged where there are enough of them. */
  private static final double ANSWERED = 0.99;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Installation installation;
  private final Workload workload;
  private final long seed = Long.getLong("zoetrope.seed", System.nanoTime());
  private final Random random = new Random(seed);

  FailoverQueries(Stage stage) {
    this.installation = stage.installation();
    this.workload = stage.workload();
  }

  @AfterEach
  void bringEverybodyBack() {
    installation.bringEverybodyBack();
  }

  /** How queries were answered. */
  private static final class Tally {
    private int right;
    private int stale;
    private int refused;

    private double successes() {
      return (right + stale) / (double) (right + stale + refused);
    }

    private void add(Tally other) {
      right += other.right;
      stale += other.stale;
      refused += other.refused;
    }
  }

  @Test
  void shouldNeverAnswerWronglyWhileAnOwnerIsDown() throws Exception {
    System.out.printf("seed %d%n", seed);
    // Given runs that have ended, whose answers don't change any more
    List<Wanted> wanted = workload.submit(installation.client(), 6);
    Workload.awaitEnd(installation.client(), wanted);
    Map<URI, String> truth = new HashMap<>();
    for (Wanted run : wanted) {
      URI question = question(run);
      truth.put(question, get(question).body());
    }
    URI all = installation.gatewayUrl().resolve("/v1/videos?limit=1000");
    truth.put(all, get(all).body());

    Tally total = new Tally();
    for (int round = 0; round < Scale.CHOSEN.of(1, 5); round++) {
      // When an owner dies
      Role victim = installation.topology(1 + random.nextInt(Stage.TOPOLOGIES));
      victim.kill();
      Tally tally = ask(truth);
      victim.start();
      victim.awaitReady();

      // Then
      System.out.printf(
          "%s killed: %d right, %d marked stale, %d refused (%.1f %% answered)%n",
          victim, tally.right, tally.stale, tally.refused, 100 * tally.successes());
      assertThat(tally.right).isPositive();
      total.add(tally);
    }
    if (Scale.CHOSEN == Scale.FULL) {
      assertThat(total.successes()).as("questions answered").isGreaterThanOrEqualTo(ANSWERED);
    }
  }

  private Tally ask(Map<URI, String> truth) throws Exception {
    Tally tally = new Tally();
    long end = System.nanoTime() + WATCHED.toNanos();
    while (System.nanoTime() < end) {
      for (Map.Entry<URI, String> question : truth.entrySet()) {
        HttpResponse<String> answer = get(question.getKey());
        if (answer.statusCode() == 503) {
          assertThat(answer.headers().firstValue("Retry-After")).isPresent();
          tally.refused++;
        } else {
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
          boolean stale = answer.headers().firstValue("Zoetrope-Stale").isPresent();
          if (!stale) {
            assertThat(answer.body()).isEqualTo(question.getValue());
          }
          tally.stale += stale ? 1 : 0;
          tally.right += stale ? 0 : 1;
        }
      }
    }
    return tally;
  }

  private URI question(Wanted run) {
    return installation
        .gatewayUrl()
        .resolve("/v1/videos/" + run.videoId() + "/runs/" + run.runId());
  }

  private HttpResponse<String> get(URI question) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(question).timeout(Duration.ofSeconds(30)).build(),
        BodyHandlers.ofString());
  }
}
