package io.zoetrope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands over models, against a server on loopback. */
class ModelsCommandTest {
  private static final byte[] MODEL = "no model, but a file".getBytes(StandardCharsets.US_ASCII);
  private static final String SHA256 =
      "f5b9f9ac2ad5fe1f1a5ecfe0c0ffee00f5b9f9ac2ad5fe1f1a5ecfe0c0ffee00";

  @TempDir Path folder;
  private HttpServer server;
  private String address;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            requests.add(exchange.getRequestURI().getPath());
            boolean known = exchange.getRequestURI().getPath().endsWith(".onnx");
            exchange.sendResponseHeaders(known ? 200 : 404, known ? MODEL.length : -1);
            if (known) {
              exchange.getResponseBody().write(MODEL);
            }
          }
        });
    server.start();
    address = "http://127.0.0.1:" + server.getAddress().getPort();
    Files.writeString(
        folder.resolve("catalogue.json"),
        """
        {"models": [
          {"name": "net", "url": "%1$s/net.onnx", "sha256": "unpinned", "licence": "AGPL-3.0",
           "family": "yolox", "bytes": 20, "description": "A net"},
          {"name": "wrong", "url": "%1$s/wrong.onnx", "sha256": "%2$s", "licence": "MIT"},
          {"name": "gone", "url": "%1$s/gone", "sha256": "%2$s", "licence": "MIT"}
        ]}
        """
            .formatted(address, SHA256));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldListItsCommandsWhenNoneIsGiven() {
    assertThat(run("models")).isZero();

    assertThat(out.toString())
        .contains("list", "pull", "inspect", "remove", "zoetrope models COMMAND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "pull", "inspect", "remove"})
  void shouldExplainEveryCommand(String command) {
    assertThat(run("models", command, "--help")).isZero();

    assertThat(out.toString())
        .startsWith("Usage: zoetrope models " + command)
        .contains("--config=FILE", "--models-folder=DIR", "--catalogue=FILE", "Exit status:");
  }

  @Test
  void shouldSayWhatItPullsFromWhereHowLargeAndUnderWhichLicence() throws Exception {
    assertThat(models("pull", "net")).isZero();

    String sha256 = sha256(MODEL);
    String file = folder.resolve("models/net.onnx").toString();
    assertThat(out).hasToString("net-" + sha256.substring(0, 12) + "  " + file + "\n");
    assertThat(err.toString().lines().toList())
        .hasSize(7)
        .startsWith(
            "Pulling net: A net",
            "  from     " + address + "/net.onnx, where anybody on the way can change it",
            "  size     20 bytes",
            "  licence  AGPL-3.0, which isn't known to be permissive: read what it asks of you before you use the model",
            "  SHA-256  not known beforehand: what comes is pinned, and shown")
        .anyMatch(
            line ->
                line.matches("Pulled net-[0-9a-f]{12} in \\d+\\.\\d s: .*") && line.endsWith(file))
        .last()
        .asString()
        .startsWith("Its SHA-256 is " + sha256 + ", pinned in ");
    assertThat(Path.of(file)).hasBinaryContent(MODEL);
  }

  @Test
  void shouldPullTheOthersWhenOneCanNotBeHad() {
    assertThat(models("pull", "gone", "wrong", "net")).isEqualTo(2);

    assertThat(out.toString()).startsWith("net-").hasLineCount(1);
    assertThat(err.toString())
        .contains(
            "zoetrope: MODEL_UNAVAILABLE: gone can't be had: " + address + "/gone answers 404")
        .contains("zoetrope: MODEL_HASH_MISMATCH: wrong from " + address + "/wrong.onnx has the")
        .contains(SHA256);
  }

  @Test
  void shouldPullNothingWhenANameIsWrong() {
    assertThat(models("pull", "net", "nett")).isEqualTo(2);

    assertThat(err)
        .hasToString(
            "zoetrope: MODEL_NOT_FOUND: there is no file nett, and the catalogue has no model of that name; did you mean net? `zoetrope models list` lists them all\n");
    assertThat(requests).isEmpty();
  }

  @Test
  void shouldListWhatCanBePulledAndWhatIsHere() throws Exception {
    models("pull", "net");
    Files.write(folder.resolve("models/mine.onnx"), MODEL);

    assertThat(models("list")).isZero();

    List<String> lines = out.toString().lines().skip(1).toList();
    assertThat(lines).first().asString().matches("name +size +licence +pulled as +description");
    assertThat(lines)
        .anyMatch(line -> line.matches("yolox_nano +3\\.7 MB +Apache-2\\.0 +- +YOLOX-Nano, .*"))
        .anyMatch(line -> line.matches("net +20 bytes +AGPL-3\\.0 +net-[0-9a-f]{12} +A net"))
        .anyMatch(line -> line.matches("wrong +- +MIT +- +-"))
        .anyMatch(line -> line.matches("mine +20 bytes +- +\\(not pinned\\) +in no catalogue; .*"))
        .last()
        .asString()
        .isEqualTo("Pulled models lie in " + folder.resolve("models") + ".");
    assertThat(lines.stream().map(line -> line.indexOf("Apache-2.0")).filter(at -> at > 0))
        .as("one below the other")
        .hasSize(6)
        .containsOnly(lines.get(0).indexOf("licence"));
  }

  @Test
  void shouldListForPrograms() throws Exception {
    models("pull", "net");
    out = new StringWriter();

    assertThat(models("list", "--json")).isZero();

    JsonNode document = new ObjectMapper().readTree(out.toString());
    assertThat(document.path("folder").asText()).isEqualTo(folder.resolve("models").toString());
    JsonNode net = document.path("models").get(6);
    String sha256 = sha256(MODEL);
    assertThat(net)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"name": "net", "pulled": true, "modelId": "net-%s", "file": "%s", "bytes": 20,
                     "licence": "AGPL-3.0", "permissive": false, "family": "yolox", "url": "%s",
                     "sha256": "%s", "description": "A net"}
                    """
                        .formatted(
                            sha256.substring(0, 12),
                            folder.resolve("models/net.onnx"),
                            address + "/net.onnx",
                            sha256)));
    assertThat(document.at("/models/0/pulled").asBoolean()).isFalse();
    assertThat(document.at("/models/0/sha256From").asText()).contains("the publisher names none");
  }

  @Test
  void shouldRemoveAndSayWhetherThePinStays() throws Exception {
    models("pull", "net");
    out = new StringWriter();

    assertThat(models("remove", "wrong", "net")).isEqualTo(2);
    assertThat(models("remove", "net")).isEqualTo(2);
    assertThat(models("remove", "net", "--forget")).isZero();

    Path models = folder.resolve("models");
    assertThat(out.toString().lines())
        .containsExactly(
            "Removed %s; its SHA-256 stays pinned in %s"
                .formatted(models.resolve("net.onnx"), models.resolve("SHA256SUMS")),
            "net wasn't here; its pin is forgotten");
    assertThat(err.toString().lines().skip(7))
        .containsExactly(
            "zoetrope: MODEL_NOT_FOUND: there is no %s; `zoetrope models list` shows what is here"
                .formatted(models.resolve("wrong.onnx")),
            "zoetrope: MODEL_NOT_FOUND: there is no %s; its SHA-256 stays pinned in %s; `zoetrope models list` shows what is here"
                .formatted(models.resolve("net.onnx"), models.resolve("SHA256SUMS")));
  }

  @Test
  void shouldSayWhatIsWrongWithACatalogue() throws Exception {
    Files.writeString(folder.resolve("catalogue.json"), "{\"models\": [{\"name\": \"net\"}]}");

    assertThat(models("list")).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("zoetrope: CATALOGUE_INVALID: the catalogue " + folder)
        .endsWith("models[0] (net) lacks 'url'\n");
  }

  @Test
  void shouldAcceptOnlyAWholeHashForOneModel() {
    assertThat(models("pull", "net", "--accept", "abc")).isEqualTo(2);
    assertThat(models("pull", "net", "gone", "--accept", SHA256)).isEqualTo(2);

    assertThat(err.toString()).hasLineCount(2).contains("USAGE_INVALID: --accept takes the 64 hex");
    assertThat(requests).isEmpty();
  }

  @Test
  void shouldPullWhatDetectIsToldByNameUnlessForbidden() throws Exception {
    assertThat(detect("net", "never")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "zoetrope: MODEL_NOT_PULLED: the model net isn't in "
                + folder.resolve("models")
                + ", and models.pull forbids to pull it; `zoetrope models pull net` does all the same\n");
    assertThat(requests).isEmpty();

    // It isn't a model; that it gets as far as to be refused is enough here.
    assertThat(detect("net", "missing")).isEqualTo(2);
    assertThat(err.toString()).contains("Pulling net: A net", "licence  AGPL-3.0", "MODEL_INVALID");
    assertThat(requests).containsExactly("/net.onnx");

    assertThat(detect("net", "never")).isEqualTo(2);
    assertThat(requests).hasSize(1);
  }

  @Test
  void shouldTakeAFileThatWasPutIntoTheFolderWhereItMayNotPull() throws Exception {
    Files.createDirectories(folder.resolve("models"));
    Files.write(folder.resolve("models/net.onnx"), MODEL);

    assertThat(detect("net", "never")).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("Its SHA-256 is " + sha256(MODEL) + ", pinned in ")
        .contains("zoetrope: MODEL_INVALID: ");
    assertThat(requests).isEmpty();
  }

  @Test
  void shouldTellAFileFromAName() throws Exception {
    assertThat(detect("yolo_nano", "missing")).isEqualTo(2);
    assertThat(detect("models/none.onnx", "missing")).isEqualTo(2);

    assertThat(err.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("MODEL_NOT_FOUND", "did you mean yolox_nano?"),
            line ->
                assertThat(line)
                    .contains("MODEL_NOT_FOUND: there is no model file models/none.onnx; give"));
  }

  private int detect(String model, String pulling) throws Exception {
    Path video = folder.resolve("a.mp4");
    if (Files.notExists(video)) {
      Files.createFile(video);
    }
    return run(
        "detect",
        video.toString(),
        "--output",
        folder.toString(),
        "--model",
        model,
        "--pull",
        pulling,
        "--models-folder",
        folder.resolve("models").toString(),
        "--catalogue",
        folder.resolve("catalogue.json").toString());
  }

  private int models(String... arguments) {
    return run(
        Stream.of(
                Stream.of("models"),
                Stream.of(arguments),
                Stream.of(
                    "--models-folder",
                    folder.resolve("models").toString(),
                    "--catalogue",
                    folder.resolve("catalogue.json").toString()))
            .flatMap(s -> s)
            .toArray(String[]::new));
  }

  private int run(String... arguments) {
    return CommandTree.create(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(arguments);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
