package io.zoetrope.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.zoetrope.cli.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.yaml.snakeyaml.Yaml;

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
  void shouldBeAChartThatTheLinterTakes() throws Exception {
    Path chart = folder.resolve("zoetrope");
    try (Stream<Path> files = Files.walk(HELM)) {
      for (Path file : files.toList()) {
        Files.copy(file, chart.resolve(HELM.relativize(file).toString()));
      }
    }
    Path values = chart.resolve("values.yaml");
    Files.writeString(
        values,
        Files.readString(values)
            .replace("bootstrapServers: \"\"", "bootstrapServers: kafka:9092")
            .replace("url: \"\"", "url: http://registry:8081")
            .replace("uri: \"\"", "uri: s3://bucket/media"));

    LintResult lint = new Helm(chart).lint().strict().call();

    assertThat(lint.isFailed()).as(String.join("\n", lint.getMessages())).isFalse();
  }

  @Test
  void shouldBeAChartThatHelmTakes() throws Exception {
    Path values =
        Files.writeString(
            folder.resolve("values.yaml"),
            """
            kafka: {bootstrapServers: "kafka:9092", settings: {security.protocol: SASL_SSL}}
            schemaRegistry: {url: "http://registry:8081"}
            mediaStore: {uri: "s3://bucket/media"}
            # Without it, the cluster is asked for that of an earlier install.
            clusterSecret: {value: secret}
            shadowModels: [yolox_s]
            detectors:
              - name: yolox
                model: yolox_s
                autoscaling: {enabled: true, modelId: yolox_s-0123456789ab}
            gateway: {ingress: {enabled: true, host: zoetrope.example}}
            podMonitor: {enabled: true}
            """);

    String manifest =
        new Helm(HELM)
            .template()
            .withName("z")
            .withNamespace("n")
            .withKubeVersion("1.30.0")
            .withValuesFile(values)
            .call();

    List<String> objects = new ArrayList<>();
    for (Object document : new Yaml().loadAll(manifest)) {
      if (document instanceof Map<?, ?> object) {
        objects.add(object.get("kind") + " " + ((Map<?, ?>) object.get("metadata")).get("name"));
      }
    }
    assertThat(objects)
        .contains(
            "Deployment z-zoetrope-splitter",
            "Deployment z-zoetrope-detector-yolox",
            "StatefulSet z-zoetrope-topology",
            "Deployment z-zoetrope-assembler",
            "Deployment z-zoetrope-gateway",
            "Ingress z-zoetrope-gateway",
            "PodMonitor z-zoetrope",
            "ScaledObject z-zoetrope-detector-yolox");
    assertThat(manifest)
        .contains(
            "zoetrope-detector-yolox_s-0123456789ab",
            "http://z-zoetrope-topology-1.z-zoetrope-topology.n.svc:8080",
            "http://z-zoetrope-assembler.n.svc:8080");
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
