package io.zoetrope.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zoetrope.catalogue.Fixture.Heard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls by real processes: one that is killed, and two at once. */
class PullingProcessesTest {
  private static final byte[] MODEL = Fixture.bytes(400_000, 8);
  private static final int HALF = 200_000;

  @TempDir Path temporary;
  private ModelsFolder folder;
  private ModelServer server;
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final Heard heard = new Heard();

  @BeforeEach
  void serve() throws Exception {
    folder = ModelsFolder.at(temporary);
    server = new ModelServer(MODEL);
  }

  @AfterEach
  void stop() {
    goOn.countDown();
    server.close();
  }

  @Test
  void shouldGoOnWithWhatAKilledProcessLeft() throws Exception {
    holdAtHalf();
    Process process = PullingProcess.start(folder, server.url());
    awaitHalf();

    process.destroyForcibly().waitFor();
    goOn.countDown();
    PulledModel pulled = pull();

    assertThat(pulled.file()).hasBinaryContent(MODEL);
    assertThat(server.ranges()).containsExactly("null", "bytes=" + HALF + "-");
    assertThat(heard.fetched).isEqualTo(MODEL.length - HALF);
  }

  @Test
  void shouldPullOnceForTwoProcesses() throws Exception {
    holdAtHalf();
    Process process = PullingProcess.start(folder, server.url());
    awaitHalf();

    CompletableFuture<PulledModel> second = CompletableFuture.supplyAsync(this::pull);
    await().untilAsserted(() -> assertThat(heard.notes).hasSize(1));
    goOn.countDown();

    assertThat(second.join().file()).hasBinaryContent(MODEL);
    assertThat(second.join().isNew()).isFalse();
    assertThat(process.waitFor()).isZero();
    assertThat(server.ranges()).containsExactly("null");
    assertThat(heard.notes).containsExactly("another process is pulling net; waiting for it");
  }

  @Test
  void shouldPullOnceForTwoThreads() throws Exception {
    holdAtHalf();
    CompletableFuture<PulledModel> first = CompletableFuture.supplyAsync(this::pull);
    awaitHalf();

    CompletableFuture<PulledModel> second = CompletableFuture.supplyAsync(this::pull);
    await().untilAsserted(() -> assertThat(heard.notes).hasSize(1));
    goOn.countDown();

    assertThat(List.of(first.join().isNew(), second.join().isNew())).containsExactly(true, false);
    assertThat(server.ranges()).containsExactly("null");
  }

  private void holdAtHalf() {
    server.next(
        exchange -> {
          exchange.getResponseHeaders().set("ETag", server.etag);
          exchange.sendResponseHeaders(200, MODEL.length);
          exchange.getResponseBody().write(MODEL, 0, HALF);
          exchange.getResponseBody().flush();
          try {
            goOn.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.getResponseBody().write(MODEL, HALF, MODEL.length - HALF);
        });
  }

  private void awaitHalf() {
    Path part = Fixture.part(folder);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.exists(part) && Files.size(part) == HALF);
  }

  private PulledModel pull() {
    return new ModelPull(folder, Map.of(), Fixture.LIMIT, heard)
        .pull(Fixture.entry(server.url(), Optional.empty()), Optional.empty());
  }
}
