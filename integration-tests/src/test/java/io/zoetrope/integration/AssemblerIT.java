package io.zoetrope.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zoetrope.integration.Application.Finished;
import io.zoetrope.integration.Application.Running;
import io.zoetrope.samples.SampleVideo;
import io.zoetrope.samples.Samples;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Annotated videos, through everything, with true times. */
class AssemblerIT {
  private static final int FRAMES = 250;

  @TempDir static Path shared;
  private static Path video;
  private static Path model;

  @TempDir Path folder;

  @BeforeAll
  static void makeVideo() throws Exception {
    video = shared.resolve("shapes.mp4");
    SampleVideo.write(31, FRAMES, video, shared.resolve("truth.jsonl"));
    model = Samples.copyModel(shared);
  }

  @Test
  void shouldShowEachFrameWhenItsSourceDoes() throws Exception {
    Application application = new Application(folder);
    int port = Service.freePort();
    Service service = new Service(port);
    Path annotated = folder.resolve("annotated.mp4");
    try (Running up = up(application, port)) {
      String render = request(service);
      awaitEnd(service, render);

      assertThat(service.json(render).path("failure").isNull()).isTrue();
      assertThat(service.json(render).at("/result/frames").asInt()).isEqualTo(FRAMES);
      download(port, render, annotated);
      String id = service.json(render).path("videoId").asText();
      String run = service.json(render).path("runId").asText();
      new EveryPicture(URI.create("http://127.0.0.1:" + port), id, run, folder).check();
      assertThat(up.terminate()).isIn(0, 143);
    }

    assertThat(folder.resolve("data").resolve("assembler")).isEmptyDirectory();
    assertThat(times(annotated)).isEqualTo(times(video));
  }

  @Test
  void shouldAnnotateOnTheCommandLine() throws Exception {
    Finished finished =
        new Application(folder)
            .run("detect", video.toString(), "--annotate", "--max-fps", "5", "--output", "out");

    assertThat(finished.status()).as(finished.err()).isZero();
    Path annotated = folder.resolve("out").resolve("shapes.annotated.mp4");
    assertThat(finished.out()).contains(Path.of("out", "shapes.annotated.mp4").toString());
    assertThat(times(annotated)).hasSize(FRAMES / 5);
  }

  /** Asks for the video, annotated; gives the render's path. */
  private static String request(Service service) throws Exception {
    service.awaitReady();
    HttpResponse<String> upload =
        service.put("/v1/videos?name=shapes.mp4", BodyPublishers.ofFile(video));
    assertThat(upload.statusCode()).as(upload.body()).isEqualTo(202);
    String path = upload.headers().firstValue("Location").orElseThrow();
    // A moment after the upload, no store knows of it yet.
    assertThat(service.get(path + "/thumbnail").statusCode()).isEqualTo(200);
    HttpResponse<String> answer = service.post(path + "/annotated", "{\"trailMicros\":1000000}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static void awaitEnd(Service service, String render) {
    Service.await()
        .until(
            () -> service.json(render),
            known -> List.of("COMPLETE", "FAILED").contains(known.path("state").asText()));
  }

  private static Running up(Application application, int port) throws IOException {
    return application.start(
        "up", "--data", "data", "--port", Integer.toString(port), "--model", model.toString());
  }

  private static void download(int port, String render, Path file) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + render + "/video.mp4"))
            .build();
    HttpResponse<Path> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofFile(file));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  /** When each frame is shown, as a tool says that has nothing to do with this project. */
  private static List<String> times(Path file) throws Exception {
    Process ffprobe;
    try {
      ffprobe =
          new ProcessBuilder(
                  "ffprobe",
                  "-v",
                  "error",
                  "-select_streams",
                  "v",
                  "-show_entries",
                  "frame=pts_time",
                  "-of",
                  "default=nokey=1:noprint_wrappers=1",
                  file.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "skipped: there is no ffprobe");
      throw e;
    }
    String out = new String(ffprobe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(ffprobe.waitFor()).isZero();
    return out.lines().toList();
  }
}
