package io.zoetrope.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zoetrope.integration.Application.Running;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.Rational;
import io.zoetrope.media.Sampling;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.samples.Samples;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A video with one key frame, longer than a batch may reach back. */
class ChainIT {
  private static final int PACKETS = 1050;

  /** Of each five packets one is looked at, and all are decoded. */
  private static final int RATE = 5;

  private static final int FRAMES = PACKETS / RATE;

  @TempDir static Path shared;
  private static Path video;
  private static Path model;

  @TempDir Path folder;

  @BeforeAll
  static void makeVideo() throws Exception {
    video = shared.resolve("chain.mp4");
    EncodedVideo.withOneKeyframe(video, PACKETS);
    try (FileChannel channel = FileChannel.open(video);
        VideoCutter cutter =
            VideoCutter.open(
                channel,
                "chain.mp4",
                CutOptions.DEFAULT.withSampling(Sampling.atMost(new Rational(RATE, 1))))) {
      int chained = 0;
      while (cutter.hasNext()) {
        chained += cutter.next().chain().isPresent() ? 1 : 0;
      }
      assertThat(chained).as("batches in the chain").isGreaterThan(2);
    }
    model = Samples.copyModel(shared);
  }

  @Test
  void shouldFindTheSameInAChainThatIsKilledInTheMiddle() throws Exception {
    Application application = new Application(folder);
    int port = Service.freePort();
    Service service = new Service(port);
    String run;
    try (Running first = up(application, "data", port)) {
      service.awaitReady();
      run = upload(service);
      Service.await().until(() -> processed(service, run) > 2 * FRAMES / 3);
      first.kill();
    }

    List<JsonNode> frames;
    try (Running second = up(application, "data", port)) {
      service.awaitReady();
      Service.await().until(() -> processed(service, run) == FRAMES);
      Service.await().until(() -> service.json(run).path("status").asText().equals("COMPLETE"));
      frames = service.frames(run);
      assertThat(second.process().isAlive()).isTrue();
    }

    try (Running undisturbed = up(application, "other", port)) {
      service.awaitReady();
      assertThat(upload(service)).isEqualTo(run);
      Service.await().until(() -> service.json(run).path("status").asText().equals("COMPLETE"));
      assertThat(frames).isEqualTo(service.frames(run)).hasSize(FRAMES);
      assertThat(undisturbed.interrupt()).isIn(0, 130);
    }
  }

  private static Running up(Application application, String data, int port) throws Exception {
    return application.start(
        "up", "--data", data, "--port", Integer.toString(port), "--model", model.toString());
  }

  private static String upload(Service service) throws Exception {
    HttpResponse<String> answer =
        service.put("/v1/videos?name=chain.mp4&maxFps=" + RATE, BodyPublishers.ofFile(video));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return answer.headers().firstValue("Location").orElseThrow()
        + "/runs/"
        + Service.parse(answer).at("/runs/0/runId").asText();
  }

  private static int processed(Service service, String run) throws Exception {
    return service.json(run).at("/frames/processed").asInt();
  }
}
