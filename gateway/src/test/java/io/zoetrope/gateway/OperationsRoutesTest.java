package io.zoetrope.gateway;

import static io.zoetrope.gateway.GatewayRig.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsRoutesTest {
  @TempDir Path media;
  private GatewayRig rig;

  @BeforeEach
  void open() {
    rig = new GatewayRig(media);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldBeReadyOnlyWhileEverythingWorks() {
    assertThat(json(rig.get("/health/ready")))
        .isEqualTo(
            json("{\"status\":\"UP\",\"checks\":{\"producer\":\"UP\",\"topology\":\"UP\"}}"));

    rig.publisher.refusing = true;

    HttpResponse<String> response = rig.get("/health/ready");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(json(response))
        .isEqualTo(
            json("{\"status\":\"DOWN\",\"checks\":{\"producer\":\"DOWN\",\"topology\":\"UP\"}}"));
  }

  @Test
  void shouldBeLiveUntilOnlyARestartHelps() {
    rig.publisher.refusing = true;
    assertThat(rig.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(json(rig.get("/health/live")).at("/status").asText()).isEqualTo("UP");

    rig.topologyAlive = false;

    assertThat(rig.get("/health/live").statusCode()).isEqualTo(503);
  }

  @Test
  void shouldCountItsRequests() {
    rig.get("/v1/models");
    rig.get("/v1/models");
    rig.get("/v1/videos/0123456789abcdef0123456789abcdef");

    HttpResponse<String> metrics = rig.get("/metrics");

    assertThat(metrics.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(metrics.body())
        .contains(
            "zoetrope_http_requests_seconds_count"
                + "{method=\"GET\",route=\"/v1/models\",status=\"200\"} 2")
        .contains(
            "zoetrope_http_requests_seconds_count"
                + "{method=\"GET\",route=\"/v1/videos/{videoId}\",status=\"404\"} 1");
  }

  @Test
  void shouldTellHealthAndMetricsOfAProcessWithoutAnApi() throws Exception {
    rig.meters.counter("zoetrope.detector.batches").increment(3);

    try (OperationsServer server =
        new OperationsServer(
            "127.0.0.1",
            0,
            new Health(Map.of("detector", () -> true), Map.of("detector", () -> false)),
            rig.meters,
            null)) {
      assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
      assertThat(json(get(server, "/health/ready")))
          .isEqualTo(json("{\"status\":\"DOWN\",\"checks\":{\"detector\":\"DOWN\"}}"));
      assertThat(get(server, "/metrics").body()).contains("zoetrope_detector_batches_total 3.0");
      assertThat(json(get(server, "/v1/videos")).at("/code").asText()).isEqualTo("ROUTE_UNKNOWN");
    }
  }

  @Test
  void shouldAskTheChecksOfSeveralParts() {
    Health both =
        new Health(Map.of("a", () -> true), Map.of("a", () -> true))
            .and(new Health(Map.of("b", () -> true), Map.of("b", () -> false)));

    assertThat(Health.Report.of(both.live()).up()).isTrue();
    assertThat(Health.Report.of(both.ready()).checks())
        .containsExactly(Map.entry("a", "UP"), Map.entry("b", "DOWN"));
  }

  @Test
  void shouldSayThatThePortIsInUse() {
    int taken = rig.gateway.port();

    assertThatThrownBy(() -> new GatewayRig(media, "127.0.0.1", taken))
        .isInstanceOfSatisfying(
            GatewayException.class,
            e -> {
              assertThat(e.code()).isEqualTo("PORT_IN_USE");
              assertThat(e).hasMessageContaining("port " + taken + " on 127.0.0.1 is in use");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "no.such.host.invalid"})
  void shouldSayThatTheAddressIsNone(String host) {
    assertThatThrownBy(() -> new GatewayRig(media, host, 0))
        .isInstanceOfSatisfying(
            GatewayException.class, e -> assertThat(e.code()).isEqualTo("ADDRESS_UNUSABLE"))
        .hasMessageContaining(host);
  }

  private static HttpResponse<String> get(OperationsServer server, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
