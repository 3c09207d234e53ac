package io.zoetrope.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zoetrope.integration.Application.Running;
import io.zoetrope.samples.Samples;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a video with its bytes in an object store that others wrote: S3Proxy. */
class ObjectStoreInterop {
  private static final Path S3PROXY =
      Path.of("../media-store/target/s3proxy.jar").toAbsolutePath().normalize();
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String BUCKET = "zoetrope-test";
  private static final Map<String, String> SOMEBODY =
      Map.of("AWS_ACCESS_KEY_ID", "somebody", "AWS_SECRET_ACCESS_KEY", "something");

  @TempDir Path folder;
  private Path objects;
  private int s3;

  @BeforeEach
  void makeBucket() throws IOException {
    objects = folder.resolve("objects");
    Files.createDirectories(objects.resolve(BUCKET));
    s3 = Service.freePort();
  }

  @Test
  void shouldWaitForAnObjectStoreThatIsAway() throws Exception {
    int port = Service.freePort();
    Service service = new Service(port);
    Path video = Samples.copyVideo(folder);
    Process store = startStore();
    try (Running up = new Application(folder).launch(SOMEBODY, up(port))) {
      // Given
      service.awaitReady();
      store.destroyForcibly().onExit().join();

      // When
      HttpResponse<String> refused = upload(service, video);
      store = startStore();
      HttpResponse<String> taken = upload(service, video);

      // Then
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(Service.parse(refused).path("code").asText()).isEqualTo("STORE_UNREACHABLE");
      assertThat(taken.statusCode()).isEqualTo(202);
      JsonNode submission = Service.parse(taken);
      String run =
          "/v1/videos/%s/runs/%s"
              .formatted(
                  submission.path("videoId").asText(), submission.at("/runs/0/runId").asText());
      Service.await().until(() -> service.json(run).path("status").asText().equals("COMPLETE"));
      JsonNode frames = service.json(run).path("frames");
      assertThat(frames.path("processed").asInt())
          .isPositive()
          .isEqualTo(frames.path("expected").asInt());
      assertThat(keys())
          .singleElement()
          .asString()
          .startsWith("media/originals/")
          .contains("/" + submission.path("videoId").asText());
      assertThat(up.process().isAlive()).isTrue();
    } finally {
      store.destroyForcibly().onExit().join();
    }
  }

  private static HttpResponse<String> upload(Service service, Path video) throws Exception {
    return service.put("/v1/videos?name=a.mp4", BodyPublishers.ofFile(video));
  }

  private String[] up(int port) {
    return new String[] {
      "up",
      "--data",
      "data",
      "--port",
      Integer.toString(port),
      "--media-store",
      "s3://%s/media?endpoint=http://127.0.0.1:%d".formatted(BUCKET, s3)
    };
  }

  /** The keys of all objects, as the store's own files say. */
  private List<String> keys() throws IOException {
    Path bucket = objects.resolve(BUCKET);
    try (Stream<Path> files = Files.walk(bucket)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> bucket.relativize(file).toString())
          .toList();
    }
  }

  private Process startStore() throws IOException {
    Path configuration =
        Files.write(
            folder.resolve("s3proxy.conf"),
            List.of(
                "s3proxy.endpoint=http://127.0.0.1:" + s3,
                "s3proxy.authorization=none",
                "jclouds.provider=filesystem-nio2",
                "jclouds.filesystem.basedir=" + objects));
    Process process =
        new ProcessBuilder(
                JAVA,
                "-Xmx256m",
                "-jar",
                S3PROXY.toString(),
                "--properties",
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3proxy.log").toFile())
            .start();
    HttpRequest bucket =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/%s".formatted(s3, BUCKET))).build();
    Service.await()
        .ignoreExceptionsInstanceOf(IOException.class)
        .failFast("it has ended", () -> !process.isAlive())
        .until(
            () ->
                HttpClient.newHttpClient().send(bucket, BodyHandlers.discarding()).statusCode()
                    == 200);
    return process;
  }
}
