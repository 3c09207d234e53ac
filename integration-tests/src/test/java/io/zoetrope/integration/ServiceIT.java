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
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service that keeps running: uploads, queries, and what a stop in the middle of a video costs.
 */
class ServiceIT {
  private static final int FRAMES = 240;

  @TempDir static Path shared;
  private static Path video;
  private static Path model;

  @TempDir Path folder;

  @BeforeAll
  static void makeVideo() throws Exception {
    video = shared.resolve("long.mp4");
    SampleVideo.write(5, FRAMES, video, shared.resolve("long.truth.jsonl"));
    model = Samples.copyModel(shared);
  }

  @Test
  void shouldLoseNothingWhenKilledInTheMiddleOfAVideo() throws Exception {
    Application application = new Application(folder);
    int port = Service.freePort();
    Service service = new Service(port);
    String run;
    try (Running first = up(application, port)) {
      service.awaitReady();
      run = upload(service, "long.mp4");
      Service.await().until(() -> processed(service, run) > 0);
      first.kill();
    }

    List<JsonNode> frames;
    try (Running second = up(application, port)) {
      service.awaitReady();
      Service.await().until(() -> !status(service, run).equals("RUNNING"));
      assertThat(service.json(run).path("missing")).isEmpty();
      assertThat(service.json(run).at("/frames/processed").asInt()).isEqualTo(FRAMES);
      frames = service.frames(run);
      assertThat(second.process().isAlive()).isTrue();
    }

    assertThat(frames).extracting(frame -> frame.path("frame").asInt()).isSorted().hasSize(FRAMES);
    assertThat(frames).isEqualTo(undisturbed());
  }

  @Test
  void shouldAnswerAtOnceWhatItHasAlready() throws Exception {
    Application application = new Application(folder);
    int port = Service.freePort();
    Service service = new Service(port);
    try (Running up = up(application, port)) {
      service.awaitReady();
      String run = upload(service, "first.mp4");
      Service.await().until(() -> status(service, run).equals("COMPLETE"));

      assertThat(upload(service, "second.mp4")).isEqualTo(run);
      String video = run.substring(0, run.indexOf("/runs/"));
      Service.await().until(() -> service.json(video).path("submissions").size() == 2);
      assertThat(service.json(video).path("submissions").findValuesAsText("name"))
          .containsExactlyInAnyOrder("first.mp4", "second.mp4");
      assertThat(service.json(video).path("runs")).hasSize(1);
      assertThat(service.json(run).path("revision").asInt()).isEqualTo(1);

      String strict = request(service, video, "{\"confidence\":0.6}");
      String few =
          request(
              service,
              video,
              "{\"labels\":[\"circle\",\"square\"],\"labelConfidence\":{\"circle\":0.6},"
                  + "\"minWidth\":40,\"region\":[[0,0],[0.5,0],[0.5,1],[0,1]]}");
      assertThat(List.of(run, strict, few)).doesNotHaveDuplicates();
      Service.await().until(() -> status(service, strict).equals("COMPLETE"));
      Service.await().until(() -> status(service, few).equals("COMPLETE"));
      List<JsonNode> all = detections(service.frames(run));
      assertThat(detections(service.frames(strict)))
          .isEqualTo(all.stream().filter(found -> confidence(found) > 0.6f).toList());
      assertThat(detections(service.frames(few)))
          .isNotEmpty()
          .isEqualTo(all.stream().filter(ServiceIT::isAmongTheFew).toList());
      assertThat(List.of(strict, few))
          .allSatisfy(
              other ->
                  assertThat(service.json(other).path("splitId"))
                      .isEqualTo(service.json(run).path("splitId")));
      assertThat(up.interrupt()).isIn(0, 130);
    }
  }

  @Test
  void shouldStopWhenItsLauncherIsKilled() throws Exception {
    int port = Service.freePort();
    try (Running up =
        new Application(folder)
            .launch(
                Map.of(),
                "up",
                "--data",
                "data",
                "--port",
                Integer.toString(port),
                "--model",
                model.toString())) {
      new Service(port).awaitReady();
      List<ProcessHandle> service = up.process().descendants().toList();

      up.process().destroyForcibly().waitFor();

      assertThat(service).isNotEmpty();
      Service.await().until(() -> service.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  private List<JsonNode> undisturbed() throws Exception {
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
      String run = upload(service, "long.mp4");
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
  private static String upload(Service service, String name) throws Exception {
    HttpResponse<String> answer =
        service.put("/v1/videos?name=" + name, BodyPublishers.ofFile(video));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return answer.headers().firstValue("Location").orElseThrow()
        + "/runs/"
        + Service.parse(answer).at("/runs/0/runId").asText();
  }

  /** Asks for another run; gives its path. */
  private static String request(Service service, String video, String wish) throws Exception {
    HttpResponse<String> answer = service.post(video + "/runs", wish);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static boolean isAmongTheFew(JsonNode found) {
    String label = found.path("label").asText();
    JsonNode box = found.path("box");
    double centre = box.path(0).asDouble() + box.path(2).asDouble() / 2;
    boolean counts = label.equals("circle") ? confidence(found) > 0.6f : label.equals("square");
    return counts && box.path(2).asDouble() >= 40 && centre <= 320;
  }

  private static double confidence(JsonNode found) {
    return found.path("confidence").asDouble();
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
