package io.zoetrope.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zoetrope.integration.Application.Finished;
import io.zoetrope.integration.Application.Running;
import io.zoetrope.samples.SampleVideo;
import io.zoetrope.samples.Samples;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A video that kills native code takes no other video with it, and not the service either. */
class CrashIT {
  private static final int FRAMES = 100;

  @TempDir static Path shared;
  private static Killer killer;
  private static Path before;
  private static Path after;
  private static Path deadlyToDecode;
  private static Path deadlyToRead;
  private static Path model;

  @TempDir Path folder;

  @BeforeAll
  static void makeVideos() throws Exception {
    killer = Killer.compile(shared);
    before = video("before.mp4", 11);
    after = video("after.mp4", 12);
    deadlyToDecode = Killer.video(shared.resolve("undecodable.mp4"), 13, "DECODER");
    deadlyToRead = Killer.video(shared.resolve("unreadable.mp4"), 14, "DEMUXER");
    model = Samples.copyModel(shared);
  }

  private static Path video(String name, long seed) throws Exception {
    Path file = shared.resolve(name);
    SampleVideo.write(seed, FRAMES, file, shared.resolve("truth.jsonl"));
    return file;
  }

  @Test
  void shouldSetAsideWhatKillsTheServiceAndNothingElse() throws Exception {
    int port = Service.freePort();
    Service service = new Service(port);
    String[] up = {
      "up", "--data", "data", "--port", Integer.toString(port), "--model", model.toString()
    };
    try (Running running = new Application(folder).launch(killer.environment(), up)) {
      service.awaitReady();
      String first = upload(service, before);
      String undecodable = upload(service, deadlyToDecode);
      String unreadable = upload(service, deadlyToRead);
      String last = upload(service, after);

      List<String> runs = List.of(first, undecodable, unreadable, last);
      Service.await()
          .ignoreExceptions()
          .until(
              () -> statuses(service, runs),
              List.of("COMPLETE", "INCOMPLETE", "REJECTED", "COMPLETE")::equals);

      JsonNode missing = service.json(undecodable).path("missing");
      assertThat(missing.findValuesAsText("code")).containsOnly("DECODER_CRASHED");
      assertThat(missing.path(0).path("message").asText()).contains("SIGABRT");
      JsonNode rejection = service.json(unreadable).path("rejection");
      assertThat(rejection.path("code").asText()).isEqualTo("MEDIA_CRASHED");
      assertThat(rejection.path("message").asText()).contains("SIGABRT");
      assertThat(service.json(first).at("/frames/processed").asInt()).isEqualTo(FRAMES);
      assertThat(service.json(last).at("/frames/processed").asInt()).isEqualTo(FRAMES);
      long crashes = crashes(running.err());
      assertThat(crashes).as("one or two for each").isBetween(1L, 4L);
      annotateMarked(service, undecodable);
      assertThat(crashes(running.err())).as("nobody tries it unprotected").isEqualTo(crashes);
      awaitRefusal(service, video(unreadable) + "/thumbnail");
      assertThat(crashes(running.err())).as("once among others, once alone").isEqualTo(crashes + 2);
      assertThat(running.interrupt()).isIn(0, 130);
    }
    assertThat(filesIn(folder)).as("reports are kept with the data").noneMatch(CrashIT::isReport);
  }

  @Test
  void shouldStillWriteTheOtherVideosOfACommand() throws Exception {
    Finished finished =
        new Application(folder)
            .launchAndWait(
                killer.environment(),
                "detect",
                before.toString(),
                deadlyToDecode.toString(),
                "--json",
                "--model",
                model.toString());

    JsonNode videos = new ObjectMapper().readTree(finished.out()).path("videos");
    assertThat(videos.findValuesAsText("status")).containsExactly("COMPLETE", "INCOMPLETE");
    assertThat(finished.status()).isEqualTo(1);
    assertThat(crashes(finished.err())).isBetween(1L, 2L);
  }

  /** The annotated video comes, and names the frames that nobody can decode. */
  private static void annotateMarked(Service service, String run) throws Exception {
    // The service, which has just been started again, may ask for a moment.
    HttpResponse<String> answer =
        Service.await()
            .until(
                () -> service.post(video(run) + "/annotated", "{}"),
                asked -> asked.statusCode() != 503);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String render = answer.headers().firstValue("Location").orElseThrow();
    Service.await()
        .ignoreExceptions()
        .until(() -> service.json(render).path("state").asText(), "COMPLETE"::equals);

    JsonNode complete = service.json(render);
    assertThat(complete.at("/result/frames").asInt()).isEqualTo(2 * FRAMES);
    assertThat(complete.at("/failedFrames/ranges").findValuesAsText("code"))
        .contains("DECODER_CRASHED")
        .isSubsetOf("DECODER_CRASHED", "SEGMENT_CRASHED");
  }

  /** No picture is made of what killed those who tried it. */
  private static void awaitRefusal(Service service, String picture) throws IOException {
    HttpResponse<String> answer =
        Service.await()
            .ignoreExceptions()
            .until(() -> service.get(picture), asked -> asked.statusCode() == 422);
    assertThat(Service.parse(answer).path("code").asText()).isEqualTo("MEDIA_CRASHED");
  }

  private static String video(String run) {
    return run.substring(0, run.indexOf("/runs/"));
  }

  private static List<Path> filesIn(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static boolean isReport(Path file) {
    return file.getFileName().toString().matches("hs_err.*|core.*");
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

  private static List<String> statuses(Service service, List<String> runs) throws Exception {
    List<String> statuses = new ArrayList<>();
    for (String run : runs) {
      statuses.add(service.json(run).path("status").asText());
    }
    return statuses;
  }
}
