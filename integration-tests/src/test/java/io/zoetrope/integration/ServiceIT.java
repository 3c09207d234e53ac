package io.zoetrope.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zoetrope.integration.Application.Running;
import io.zoetrope.samples.SampleVideo;
import io.zoetrope.samples.Samples;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The service that keeps running: uploads, queries, and what a stop in the middle of a video costs.
 */
class ServiceIT {
  private static final int FRAMES = 600;

  @TempDir static Path shared;
  private static Path video;
  private static Path oneGop;
  private static Path model;

  @TempDir Path folder;

  @BeforeAll
  static void makeVideo() throws Exception {
    video = shared.resolve("long.mp4");
    SampleVideo.write(5, FRAMES, video, shared.resolve("long.truth.jsonl"));
    oneGop = shared.resolve("one-gop.mp4");
    EncodedVideo.withOneKeyframe(oneGop, FRAMES);
    model = Samples.copyModel(shared);
  }

  @ParameterizedTest(name = "stopped by {0}")
  @ValueSource(strings = {"interrupt", "kill"})
  void shouldLoseNothingWhenStoppedInTheMiddleOfAVideo(String how) throws Exception {
    assertNothingLost(how, video);
  }

  @Test
  void shouldLoseNothingWhenStoppedInTheMiddleOfAChainOfBatches() throws Exception {
    assertNothingLost("kill", oneGop);
  }

  private void assertNothingLost(String how, Path video) throws Exception {
    Application application = new Application(folder);
    int port = Service.freePort();
    Service service = new Service(port);
    String run;
    try (Running first = up(application, port)) {
      service.awaitReady();
      run = upload(service, video, "long.mp4");
      Service.await().until(() -> processed(service, run) > 0);
      if (how.equals("kill")) {
        first.kill();
      } else {
        first.interrupt();
      }
    }

    List<JsonNode> frames;
    try (Running second = up(application, port)) {
      service.awaitReady();
      assertThat(processed(service, run)).as("what was done is still there").isPositive();
      Service.await().until(() -> !status(service, run).equals("RUNNING"));
      assertThat(service.json(run).path("missing")).isEmpty();
      assertThat(service.json(run).at("/frames/processed").asInt()).isEqualTo(FRAMES);
      frames = service.frames(run);
      assertThat(second.process().isAlive()).isTrue();
    }

    assertThat(frames).extracting(frame -> frame.path("frame").asInt()).isSorted().hasSize(FRAMES);
    assertThat(frames).isEqualTo(undisturbed(video));
  }

  @Test
  void shouldAnswerAtOnceWhatItHasAlready() throws Exception {
    Application application = new Application(folder);
    int port = Service.freePort();
    Service service = new Service(port);
    try (Running up = up(application, port)) {
      service.awaitReady();
      String run = upload(service, video, "first.mp4");
      Service.await().until(() -> status(service, run).equals("COMPLETE"));

      assertThat(upload(service, ServiceIT.video, "second.mp4")).isEqualTo(run);
      String video = run.substring(0, run.indexOf("/runs/"));
      Service.await().until(() -> service.json(video).path("submissions").size() == 2);
      assertThat(service.json(video).path("submissions").findValuesAsText("name"))
          .containsExactlyInAnyOrder("first.mp4", "second.mp4");
      assertThat(service.json(video).path("runs")).hasSize(1);
      assertThat(service.json(run).path("revision").asInt()).isEqualTo(1);

      HttpResponse<String> other = service.post(video + "/runs", "{\"confidence\":0.6}");
      assertThat(other.statusCode()).isEqualTo(202);
      String otherRun = other.headers().firstValue("Location").orElseThrow();
      assertThat(otherRun).isNotEqualTo(run);
      Service.await().until(() -> status(service, otherRun).equals("COMPLETE"));
      assertThat(detections(service.frames(otherRun)))
          .isEqualTo(
              detections(service.frames(run)).stream()
                  .filter(found -> found.path("confidence").asDouble() > 0.6f)
                  .toList());
      assertThat(up.interrupt()).isIn(0, 130);
    }
  }

  private List<JsonNode> undisturbed(Path video) throws Exception {
    Application application = new Application(folder);
    int port = Service.freePort();
    Service service = new Service(port);
    try (Running up =
        application.start(
            "up",
            "--data",
            "other",
            "--port",
            Integer.toString(port),
            "--model",
            model.toString())) {
      service.awaitReady();
      String run = upload(service, video, "long.mp4");
      Service.await().until(() -> status(service, run).equals("COMPLETE"));
      List<JsonNode> frames = service.frames(run);
      assertThat(up.interrupt()).isIn(0, 130);
      return frames;
    }
  }

  private static Running up(Application application, int port) throws Exception {
    return application.start(
        "up", "--data", "data", "--port", Integer.toString(port), "--model", model.toString());
  }

  /** Uploads the video; gives the path of its run. */
  private static String upload(Service service, Path video, String name) throws Exception {
    HttpResponse<String> answer =
        service.put("/v1/videos?name=" + name, BodyPublishers.ofFile(video));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return answer.headers().firstValue("Location").orElseThrow()
        + "/runs/"
        + Service.parse(answer).at("/runs/0/runId").asText();
  }

  private static int processed(Service service, String run) throws Exception {
    return service.json(run).at("/frames/processed").asInt();
  }

  private static String status(Service service, String run) throws Exception {
    return service.json(run).path("status").asText();
  }

  private static List<JsonNode> detections(List<JsonNode> frames) {
    return frames.stream()
        .flatMap(frame -> StreamSupport.stream(frame.path("detections").spliterator(), false))
        .toList();
  }
}
