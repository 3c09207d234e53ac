package io.zoetrope.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.zoetrope.catalogue.CatalogueException.Code;
import io.zoetrope.catalogue.Fixture.Heard;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls that are cut off, and how they go on. */
class ResumedPullTest {
  private static final byte[] MODEL = Fixture.bytes(300_000, 3);
  private static final byte[] OTHER = Fixture.bytes(300_000, 4);
  private static final int CUT = 100_000;

  @TempDir Path temporary;
  private ModelsFolder folder;
  private ModelServer server;
  private String sha256;
  private final Heard heard = new Heard();

  @BeforeEach
  void serve() throws Exception {
    folder = ModelsFolder.at(temporary);
    server = new ModelServer(MODEL);
    sha256 = Fixture.sha256(MODEL);
    server.beforeCut =
        position ->
            await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.size(Fixture.part(folder)) == position);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldGoOnWhereTheConnectionBrokeOff() throws Exception {
    server.next(server.cutAfter(CUT));

    PulledModel pulled = pull(Optional.of(sha256));

    assertThat(pulled.file()).hasBinaryContent(MODEL);
    assertThat(server.ranges()).containsExactly("null", "bytes=100000-");
    assertThat(server.requests.get(1).getFirst("If-Range")).isEqualTo("\"one\"");
    assertThat(server.bytesSent).as("no byte is sent twice").hasValue(MODEL.length);
    assertThat(heard.fetched).isEqualTo(MODEL.length);
    assertThat(heard.notes)
        .containsExactly("127.0.0.1: the connection broke off; tries again in 0.0 s");
  }

  @Test
  void shouldGoOnWithWhatAnEarlierPullLeft() throws Exception {
    cutOffForGood();
    assertThat(Fixture.part(folder)).hasSize(CUT);

    PulledModel pulled = pull(Optional.empty());

    assertThat(pulled.file()).hasBinaryContent(MODEL);
    assertThat(heard.begunWith).isEqualTo(CUT);
    assertThat(heard.fetched).isEqualTo(MODEL.length - CUT);
    assertThat(server.ranges()).endsWith("bytes=100000-");
    assertThat(server.bytesSent).hasValue(MODEL.length);
    assertThat(Fixture.part(folder)).doesNotExist();
  }

  @Test
  void shouldStartOverWhereTheServerKnowsNoRanges() throws Exception {
    server.next(server.cutAfter(CUT));
    server.next(server.whole());

    assertThat(pull(Optional.empty()).file()).hasBinaryContent(MODEL);
    assertThat(server.ranges()).hasSize(2);
    assertThat(server.bytesSent).hasValue(CUT + MODEL.length);
  }

  @Test
  void shouldStartOverWhenTheFileHasChanged() throws Exception {
    cutOffForGood();
    server.content = OTHER;
    server.etag = "\"two\"";

    assertThat(pull(Optional.empty()).file()).hasBinaryContent(OTHER);
    assertThat(server.ranges()).endsWith("bytes=100000-");
  }

  @Test
  void shouldStartOverForAnotherAddress() throws Exception {
    cutOffForGood();

    CatalogueEntry moved = Fixture.entry(server.url().resolve("/moved.onnx"), Optional.of(sha256));
    Fixture.pull(folder, heard).pull(moved, Optional.empty());

    assertThat(server.ranges()).endsWith("null");
  }

  @Test
  void shouldStartOverWhereNothingTellsVersionsApart() throws Exception {
    server.etag = "W/\"weak\"";
    cutOffForGood();

    assertThat(pull(Optional.empty()).file()).hasBinaryContent(MODEL);
    assertThat(server.ranges()).containsOnly("null");
    assertThat(heard.begunWith).isZero();
  }

  @Test
  void shouldTrustADateThatIsOldEnough() throws Exception {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    String settled = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.minusHours(1));
    server.etag = null;
    server.next(
        exchange -> {
          exchange.getResponseHeaders().set("Last-Modified", settled);
          server.cutAfter(CUT).to(exchange);
        });
    server.next(
        exchange -> {
          assertThat(exchange.getRequestHeaders().getFirst("If-Range")).isEqualTo(settled);
          server.serve(exchange, CUT, MODEL.length);
        });

    assertThat(pull(Optional.empty()).file()).hasBinaryContent(MODEL);
    assertThat(server.bytesSent).hasValue(MODEL.length);
  }

  @Test
  void shouldTrustNoDateOfThisMinute() throws Exception {
    server.etag = null;
    server.next(
        exchange -> {
          ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
          exchange
              .getResponseHeaders()
              .set("Last-Modified", DateTimeFormatter.RFC_1123_DATE_TIME.format(now));
          server.cutAfter(CUT).to(exchange);
        });

    assertThat(pull(Optional.empty()).file()).hasBinaryContent(MODEL);
    assertThat(server.ranges()).containsExactly("null", "null");
  }

  @Test
  void shouldPullAnewInOneGoWhatIsNoWholeTogether() throws Exception {
    cutOffForGood();
    // A server that says that the file is the same, and it isn't.
    Files.write(Fixture.part(folder), new byte[CUT]);

    assertThat(pull(Optional.of(sha256)).file()).hasBinaryContent(MODEL);
    assertThat(server.ranges()).endsWith("bytes=100000-", "null");
    assertThat(heard.notes)
        .endsWith("what came in several parts is no whole; pulls it anew in one");
  }

  @Test
  void shouldNeedNoServerForWhatHadCameWhole() throws Exception {
    cutOffForGood();
    Files.write(Fixture.part(folder), MODEL);
    server.close();

    assertThat(pull(Optional.of(sha256)).file()).hasBinaryContent(MODEL);
  }

  @Test
  void shouldStartOverWhenTheFileIsShorterNow() throws Exception {
    cutOffForGood();
    server.content = Fixture.bytes(CUT / 2, 5);

    assertThat(pull(Optional.empty()).file()).hasBinaryContent(server.content);
  }

  @Test
  void shouldStartOverWhenTheServerGivesAnotherPart() throws Exception {
    cutOffForGood();
    server.next(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 5-9/300000");
          exchange.sendResponseHeaders(206, 5);
          exchange.getResponseBody().write(new byte[5]);
        });

    assertThat(pull(Optional.empty()).file()).hasBinaryContent(MODEL);
    assertThat(server.ranges()).endsWith("bytes=100000-", "null");
  }

  @Test
  void shouldMixNoVersionsWhereTheServerOverlooksThatTheFileChanged() throws Exception {
    cutOffForGood();
    server.content = OTHER;
    server.etag = "\"two\"";
    server.next(exchange -> server.serve(exchange, CUT, OTHER.length));

    assertThat(pull(Optional.empty()).file()).hasBinaryContent(OTHER);
    assertThat(server.ranges()).endsWith("bytes=100000-", "null");
  }

  @Test
  void shouldRefuseAPartThatNobodyAskedFor() {
    server.next(exchange -> server.serve(exchange, CUT, MODEL.length));

    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> pull(Optional.empty()))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.MODEL_UNAVAILABLE))
        .withMessageContaining("answers 206");
  }

  @Test
  void shouldGoOnAfterASilence() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    server.next(
        exchange -> {
          exchange.getResponseHeaders().set("ETag", server.etag);
          exchange.sendResponseHeaders(200, MODEL.length);
          exchange.getResponseBody().write(MODEL, 0, CUT);
          exchange.getResponseBody().flush();
          awaitQuietly(asked);
        });
    server.next(
        exchange -> {
          asked.countDown();
          server.serve(exchange);
        });

    ModelPull pull =
        new ModelPull(
            folder,
            HttpClient.newBuilder(),
            new Proxies(Map.of()),
            new Patience(
                Duration.ofSeconds(20),
                Duration.ofSeconds(1),
                3,
                Duration.ofMillis(1),
                Duration.ofMillis(1)),
            Fixture.LIMIT,
            heard);
    PulledModel pulled =
        pull.pull(Fixture.entry(server.url(), Optional.of(sha256)), Optional.empty());

    assertThat(pulled.file()).hasBinaryContent(MODEL);
    assertThat(server.ranges()).contains("bytes=100000-");
    assertThat(heard.notes)
        .first()
        .isEqualTo("127.0.0.1: nothing came for 1 s; tries again in 0.0 s");
  }

  @Test
  void shouldGiveUpOnAServerThatAlwaysBreaksOffAtTheSamePlace() {
    server.etag = null;
    for (int attempt = 0; attempt < 10; attempt++) {
      server.next(server.cutAfter(CUT));
    }

    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> pull(Optional.empty()))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.MODEL_UNAVAILABLE))
        .withMessageContaining("(the connection broke off)");
    assertThat(server.requests).as("one that brought something, three that didn't").hasSize(3);
  }

  @Test
  void shouldNotGiveUpWhileEachAttemptBringsMore() throws Exception {
    for (int attempt = 0; attempt < 10; attempt++) {
      server.next(server.cutAfter(25_000));
    }

    assertThat(pull(Optional.empty()).file()).hasBinaryContent(MODEL);
    assertThat(server.bytesSent).hasValue(MODEL.length);
    assertThat(server.requests).hasSize(11);
  }

  /** Leaves a part of the model, as a pull does that gave up. */
  private void cutOffForGood() {
    server.next(server.cutAfter(CUT));
    for (int attempt = 0; attempt < 2; attempt++) {
      server.next(ModelServer.status(503));
    }
    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> pull(Optional.empty()))
        .withMessageContaining("the 100000 bytes that came are kept");
  }

  private PulledModel pull(Optional<String> named) {
    return Fixture.pull(folder, heard).pull(Fixture.entry(server.url(), named), Optional.empty());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
