package io.zoetrope.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zoetrope.cli.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the deployment files say is what the application understands. */
class DeploymentTest {
  private static final Path HELM = Path.of("../deploy/helm/zoetrope");
  private static final Pattern VARIABLE = Pattern.compile("ZOETROPE_[A-Z_]+[A-Z](?![A-Z_])");

  @TempDir Path folder;

  static Stream<String> roles() throws IOException {
    return ComposeFile.read().services().entrySet().stream()
        .filter(service -> service.getValue().isRole())
        .map(Map.Entry::getKey);
  }

  @Test
  void shouldRunEveryRole() throws Exception {
    assertThat(ComposeFile.read().services().values())
        .filteredOn(ComposeFile.Service::isRole)
        .extracting(service -> String.join(" ", service.command()))
        .containsOnly("topics create", "splitter", "detector", "topology", "assembler", "gateway");
  }

  @ParameterizedTest
  @MethodSource("roles")
  void shouldSetNothingButSettings(String role) throws Exception {
    Map<String, String> environment = ComposeFile.read().services().get(role).environment();

    Configuration configuration =
        Configuration.load(Map.of(), environment, Optional.empty(), folder);

    assertThat(configuration.warnings()).isEmpty();
  }

  @Test
  void shouldSetNothingButSettingsInTheChart() throws Exception {
    Map<String, String> environment = new TreeMap<>();
    try (Stream<Path> files = Files.list(HELM.resolve("templates"))) {
      for (Path file : files.toList()) {
        Matcher variables = VARIABLE.matcher(Files.readString(file));
        while (variables.find()) {
          environment.put(variables.group(), "");
        }
      }
    }

    assertThat(environment).containsKey("ZOETROPE_ADVERTISE_URL");
    assertThat(Configuration.load(Map.of(), environment, Optional.empty(), folder).warnings())
        .isEmpty();
  }

  @Test
  void shouldBeAFileThatComposeTakes() throws Exception {
    Path out = folder.resolve("config.txt");
    Process compose = start(out, "docker-compose", "--file", ComposeFile.FILE.toString(), "config");

    assertThat(compose.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(compose.exitValue()).as(Files.readString(out)).isZero();
    assertThat(Files.readString(out)).contains("topology-2", "/var/lib/zoetrope/state");
  }

  @Test
  void shouldBeAChartThatHelmTakes() throws Exception {
    Path values =
        Files.writeString(
            folder.resolve("values.yaml"),
            """
            kafka: {bootstrapServers: "kafka:9092"}
            schemaRegistry: {url: "http://registry:8081"}
            mediaStore: {uri: "s3://bucket/media"}
            shadowModels: [yolox_s]
            detectors:
              - name: yolox
                model: yolox_s
                autoscaling: {enabled: true, modelId: yolox_s-0123456789ab}
            """);
    Path out = folder.resolve("chart.txt");
    Process helm =
        start(out, "helm", "template", "z", HELM.toString(), "--values", values.toString());

    assertThat(helm.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(helm.exitValue()).as(Files.readString(out)).isZero();
    assertThat(Files.readString(out)).contains("zoetrope-detector-yolox_s-0123456789ab");
  }

  private static Process start(Path out, String... command) throws IOException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(out.toFile())
          .start();
    } catch (IOException e) {
      assumeTrue(false, "skipped: there is no " + command[0]);
      throw e;
    }
  }
}
