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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A video that kills native code takes no other video with it, and not the service either. */
class CrashIT {
  private static final int FRAMES = 300;

  @TempDir static Path shared;
  private static Killer killer;
  private static Path before;
  private static Path after;
  private static Path deadly;
  private static Path model;

  @TempDir Path folder;

  @BeforeAll
  static void makeVideos() throws Exception {
    killer = Killer.compile(shared);
    before = video("before.mp4", 11);
    after = video("after.mp4", 12);
    deadly = Killer.video(shared.resolve("deadly.mp4"), 13, "DECODER");
    model = Samples.copyModel(shared);
  }

  private static Path video(String name, long seed) throws Exception {
    Path file = shared.resolve(name);
    SampleVideo.write(seed, FRAMES, file, shared.resolve("truth.jsonl"));
    return file;
  }

  @Test
  void shouldSetAsideABatchThatKillsTheDecoder() throws Exception {
    int port = Service.freePort();
    Service service = new Service(port);
    try (Running up =
        new Application(folder)
            .launch(
                killer.environment(),
                "up",
                "--data",
                "data",
                "--port",
                Integer.toString(port),
                "--model",
                model.toString())) {
      service.awaitReady();
      String first = upload(service, before);
      String crashing = upload(service, deadly);
      String last = upload(service, after);

      Service.await()
          .ignoreExceptions()
          .until(
              () ->
                  List.of(status(service, first), status(service, crashing), status(service, last)),
              List.of("COMPLETE", "INCOMPLETE", "COMPLETE")::equals);

      JsonNode missing = service.json(crashing).path("missing");
      assertThat(missing.findValuesAsText("code")).containsOnly("DECODER_CRASHED");
      assertThat(missing.path(0).path("message").asText()).contains("SIGABRT");
      assertThat(service.json(first).at("/frames/processed").asInt()).isEqualTo(FRAMES);
      assertThat(service.json(last).at("/frames/processed").asInt()).isEqualTo(FRAMES);
      assertThat(crashes(up.err())).isBetween(1L, 2L);
      assertThat(up.interrupt()).isIn(0, 130);
    }
  }

  private static long crashes(String err) {
    return err.lines().filter(line -> line.startsWith("zoetrope: PROCESS_CRASHED: ")).count();
  }

  private static String upload(Service service, Path video) throws Exception {
    HttpResponse<String> answer =
        service.put("/v1/videos?name=" + video.getFileName(), BodyPublishers.ofFile(video));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return answer.headers().firstValue("Location").orElseThrow()
        + "/runs/"
        + Service.parse(answer).at("/runs/0/runId").asText();
  }

  private static String status(Service service, String run) throws Exception {
    return service.json(run).path("status").asText();
  }
}
