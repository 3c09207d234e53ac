package io.zoetrope.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.catalogue.CatalogueException.Code;
import io.zoetrope.catalogue.Fixture.Heard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pulls that come through in one go, and what is made of the bytes. */
class ModelPullTest {
  private static final byte[] MODEL = Fixture.bytes(300_000, 1);
  private static final byte[] OTHER = Fixture.bytes(300_000, 2);

  @TempDir Path temporary;
  private ModelsFolder folder;
  private ModelServer server;
  private String sha256;
  private final Heard heard = new Heard();

  @BeforeEach
  void serve() throws Exception {
    folder = ModelsFolder.at(temporary.resolve("deep/models"));
    server = new ModelServer(MODEL);
    sha256 = Fixture.sha256(MODEL);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldPullAModelAndNameItByItsHash() throws Exception {
    PulledModel pulled = pull(Optional.of(sha256));

    assertThat(Files.readAllBytes(pulled.file())).isEqualTo(MODEL);
    assertThat(pulled.file()).isEqualTo(temporary.resolve("deep/models/net.onnx"));
    assertThat(pulled.modelId()).isEqualTo("net-" + sha256.substring(0, 12));
    assertThat(pulled.isNew()).isTrue();
    assertThat(pulled.isNewlyPinned()).isFalse();
    assertThat(names()).containsExactlyInAnyOrder("net.onnx", "SHA256SUMS");
    assertThat(heard.here).isEqualTo(MODEL.length);
    assertThat(heard.total).hasValue(MODEL.length);
    assertThat(heard.notes).isEmpty();
  }

  @Test
  void shouldAskNobodyForAModelThatIsHere() throws Exception {
    pull(Optional.of(sha256));

    PulledModel again = pull(Optional.of(sha256));

    assertThat(again.isNew()).isFalse();
    assertThat(server.requests).hasSize(1);
    assertThat(folder.find(Fixture.entry(server.url(), Optional.of(sha256))))
        .map(PulledModel::sha256)
        .contains(sha256);
  }

  @Test
  void shouldPinAtTheFirstPullWhatNobodyNamed() throws Exception {
    PulledModel pulled = pull(Optional.empty());

    assertThat(pulled.isNewlyPinned()).isTrue();
    assertThat(Files.readString(folder.pinsFile())).isEqualTo(sha256 + "  net.onnx\n");
    assertThat(pull(Optional.empty()).isNewlyPinned()).isFalse();
  }

  @Test
  void shouldRefuseAnotherFileThanThePinnedOneUntilItIsAccepted() throws Exception {
    pull(Optional.empty());
    folder.remove("net", false);
    server.content = OTHER;
    String other = Fixture.sha256(OTHER);

    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> pull(Optional.empty()))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.MODEL_HASH_MISMATCH))
        .withMessageContainingAll(other, sha256, "`zoetrope models pull net --accept " + other);
    assertThat(names()).containsExactly("SHA256SUMS");

    PulledModel accepted =
        Fixture.pull(folder, heard)
            .pull(Fixture.entry(server.url(), Optional.empty()), Optional.of(other));
    assertThat(Files.readAllBytes(accepted.file())).isEqualTo(OTHER);
    assertThat(Files.readString(folder.pinsFile())).isEqualTo(other + "  net.onnx\n");
  }

  @Test
  void shouldKeepNothingOfAFileThatIsNotTheCatalogues() throws Exception {
    server.content = OTHER;

    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> pull(Optional.of(sha256)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.MODEL_HASH_MISMATCH))
        .withMessageContainingAll(sha256, Fixture.sha256(OTHER), server.url().toString());
    assertThat(names()).isEmpty();
  }

  @Test
  void shouldAcceptNoOtherHashThanTheCatalogues() throws Exception {
    String other = Fixture.sha256(OTHER);

    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(
            () ->
                Fixture.pull(folder, heard)
                    .pull(Fixture.entry(server.url(), Optional.of(sha256)), Optional.of(other)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.MODEL_HASH_MISMATCH))
        .withMessageContaining("models.catalogue");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void shouldPullAnewWhatWasChangedInItsPlace() throws Exception {
    Path file = pull(Optional.of(sha256)).file();
    Files.write(file, OTHER);
    CatalogueEntry entry = Fixture.entry(server.url(), Optional.of(sha256));

    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> folder.find(entry))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.MODEL_HASH_MISMATCH))
        .withMessageContainingAll(file.toString(), "`zoetrope models pull net`");

    assertThat(pull(Optional.of(sha256)).isNew()).isTrue();
    assertThat(file).hasBinaryContent(MODEL);
  }

  @Test
  void shouldTakeAFileThatSomebodyPutThere() throws Exception {
    Files.createDirectories(folder.path());
    Files.write(folder.path().resolve("net.onnx"), MODEL);

    PulledModel pulled = pull(Optional.empty());

    assertThat(pulled.isNew()).isFalse();
    assertThat(pulled.isNewlyPinned()).isTrue();
    assertThat(server.requests).isEmpty();
  }

  @Test
  void shouldRemoveAModelAndKeepItsPinUnlessToldOtherwise() throws Exception {
    pull(Optional.empty());

    ModelsFolder.Removal first = folder.remove("net", false);
    ModelsFolder.Removal second = folder.remove("net", true);

    assertThat(first.removed()).isTrue();
    assertThat(first.pinned()).contains(sha256);
    assertThat(second.removed()).isFalse();
    assertThat(second.pinned()).isEmpty();
    assertThat(names()).containsExactly("SHA256SUMS");
    assertThat(folder.pinsFile()).isEmptyFile();
  }

  @Test
  void shouldRemoveNothingOutsideOfItsFolder() throws Exception {
    Files.createDirectories(folder.path());
    Path outside = Files.write(temporary.resolve("deep/x.onnx"), MODEL);

    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> folder.remove("../x", true))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.MODEL_NOT_FOUND));
    assertThat(outside).exists();
  }

  @Test
  void shouldFollowRedirects() throws Exception {
    server.next(ModelServer.redirect(server.url().resolve("/elsewhere.onnx")));
    server.next(ModelServer.redirect(server.url().resolve("/further.onnx")));

    assertThat(Files.readAllBytes(pull(Optional.of(sha256)).file())).isEqualTo(MODEL);
    assertThat(server.requests).hasSize(3);
  }

  @Test
  void shouldNotFollowRedirectsForEver() {
    for (int hop = 0; hop < 20; hop++) {
      server.next(ModelServer.redirect(server.url()));
    }

    refused(Code.MODEL_UNAVAILABLE, "redirects more than 10 times");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "404, answers 404: nothing lies there",
    "403, answers 403: it isn't given to everybody",
    "407, answers 407: the proxy wants credentials",
    "418, answers 418: look at it with a browser"
  })
  void shouldSayWhatAServerRefuses(int status, String sentence) {
    server.next(ModelServer.status(status));

    refused(Code.MODEL_UNAVAILABLE, sentence);
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void shouldTryAgainWhenAServerIsInTrouble() throws Exception {
    server.next(ModelServer.status(500));
    server.next(ModelServer.status(503));

    assertThat(Files.readAllBytes(pull(Optional.of(sha256)).file())).isEqualTo(MODEL);
    assertThat(heard.notes)
        .hasSize(2)
        .first()
        .asString()
        .isEqualTo("127.0.0.1: the server answers 500; tries again in 0.0 s");
  }

  @Test
  void shouldGiveUpAfterAFewAttempts() {
    for (int attempt = 0; attempt < 5; attempt++) {
      server.next(ModelServer.status(503));
    }

    refused(Code.MODEL_UNAVAILABLE, "(the server answers 503); try again later");
    assertThat(server.requests).hasSize(3);
  }

  @Test
  void shouldWaitAsLongAsTheServerAsksWithinBounds() throws Exception {
    server.next(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "3600");
          exchange.sendResponseHeaders(429, -1);
        });

    pull(Optional.of(sha256));

    assertThat(heard.notes)
        .containsExactly("127.0.0.1: the server answers 429; tries again in 0.0 s");
  }

  @Test
  void shouldTakeNoWebPageForAModel() {
    server.next(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          server.serve(exchange);
        });

    refused(Code.MODEL_UNAVAILABLE, "gives a web page, not a model");
  }

  @Test
  void shouldRefuseAFileThatIsTooLarge() throws Exception {
    server.content = new byte[(int) Fixture.LIMIT + 1];

    refused(Code.MODEL_TOO_LARGE, "more than the 16777216 bytes that a model may have");
    assertThat(server.bytesSent).as("a part, as buffers go").hasValueLessThan(Fixture.LIMIT);
    assertThat(names()).isEmpty();
  }

  @Test
  void shouldRefuseAFileThatTurnsOutTooLarge() throws Exception {
    server.next(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 20; i++) {
            exchange.getResponseBody().write(new byte[1 << 20]);
          }
        });

    refused(Code.MODEL_TOO_LARGE, "models.limits.size");
    assertThat(names()).isEmpty();
  }

  @Test
  void shouldSayWhenTheDiskIsFull() throws Exception {
    Files.createDirectories(folder.path());
    // Whatever is written there, the disk is full.
    Files.createSymbolicLink(Fixture.part(folder), Path.of("/dev/full"));

    refused(Code.MODELS_FOLDER_UNWRITABLE, "No space left on device");
    assertThat(names()).isEmpty();
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void shouldSayWhenTheFolderCanNotBeMade() throws Exception {
    Files.write(temporary.resolve("deep"), MODEL);

    refused(Code.MODELS_FOLDER_UNWRITABLE, "choose another with --models-folder");
  }

  @Test
  void shouldRefusePinsThatItCanNotRead() throws Exception {
    Files.createDirectories(folder.path());
    Files.writeString(folder.pinsFile(), "# mine\n" + sha256 + "  other.onnx\nnonsense\n");

    refused(Code.CATALOGUE_INVALID, "line 3 of " + folder.pinsFile());
  }

  private void refused(Code code, String sentence) {
    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> pull(Optional.empty()))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .withMessageContaining(sentence);
  }

  private PulledModel pull(Optional<String> named) {
    return Fixture.pull(folder, heard).pull(Fixture.entry(server.url(), named), Optional.empty());
  }

  /** What lies in the folder, but for locks. */
  private List<String> names() throws Exception {
    if (Files.notExists(folder.path())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.path())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".lock"))
          .toList();
    }
  }
}
