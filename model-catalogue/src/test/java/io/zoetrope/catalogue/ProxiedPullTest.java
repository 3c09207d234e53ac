package io.zoetrope.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.catalogue.CatalogueException.Code;
import io.zoetrope.catalogue.Fixture.Heard;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain http by way of a proxy that the environment names; https is {@link HttpsPullTest}'s. */
class ProxiedPullTest {
  private static final byte[] MODEL = Fixture.bytes(50_000, 6);
  private static final String ANNA = "Basic YW5uYTpwQDpzcw==";

  @TempDir Path temporary;
  private ModelServer server;

  @BeforeEach
  void serve() throws Exception {
    server = new ModelServer(MODEL);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldPullThroughTheProxyOfTheEnvironment() throws Exception {
    try (TinyProxy proxy = new TinyProxy(null)) {
      PulledModel pulled = pull(Map.of("http_proxy", "http://" + proxy.address()));

      assertThat(pulled.file()).hasBinaryContent(MODEL);
      assertThat(proxy.requests).containsExactly("GET " + server.url() + " HTTP/1.1");
    }
  }

  @Test
  void shouldPassTheProxyByWhereItIsToldTo() throws Exception {
    try (TinyProxy proxy = new TinyProxy(null)) {
      pull(Map.of("HTTP_PROXY", proxy.address(), "NO_PROXY", "example.org,127.0.0.1"));

      assertThat(proxy.requests).isEmpty();
    }
  }

  @Test
  void shouldTellTheProxyItsCredentialsAndNobodyElse() throws Exception {
    try (TinyProxy proxy = new TinyProxy(ANNA)) {
      pull(Map.of("ALL_PROXY", "http://anna:p%40:ss@" + proxy.address()));

      assertThat(proxy.requests).hasSize(1);
      assertThat(server.requests.get(0).containsKey("Proxy-Authorization")).isFalse();
    }
  }

  @Test
  void shouldSayThatTheProxyWantsCredentials() throws Exception {
    try (TinyProxy proxy = new TinyProxy(ANNA)) {
      assertThatExceptionOfType(CatalogueException.class)
          .isThrownBy(() -> pull(Map.of("http_proxy", proxy.address())))
          .satisfies(e -> assertThat(e.code()).isEqualTo(Code.MODEL_UNAVAILABLE))
          .withMessageContaining("answers 407: the proxy wants credentials");
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void shouldSayThatTheProxyIsNotThere() throws Exception {
    TinyProxy proxy = new TinyProxy(null);
    proxy.close();

    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> pull(Map.of("http_proxy", proxy.address())))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.MODEL_UNAVAILABLE))
        .withMessageContaining("check the connection and the proxy");
  }

  private PulledModel pull(Map<String, String> environment) {
    return Fixture.pull(ModelsFolder.at(temporary), new Heard(), environment)
        .pull(Fixture.entry(server.url(), Optional.empty()), Optional.empty());
  }
}
