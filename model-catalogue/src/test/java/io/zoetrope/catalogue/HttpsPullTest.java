package io.zoetrope.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.zoetrope.catalogue.CatalogueException.Code;
import io.zoetrope.catalogue.Fixture.Heard;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls over https from a server with a certificate of its own. */
class HttpsPullTest {
  private static final byte[] MODEL = Fixture.bytes(50_000, 7);
  private static final String PASSWORD = "changeit";
  @TempDir private static Path keys;
  private static SSLContext trusting;

  @TempDir Path temporary;
  private ModelServer server;
  private URI url;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = keys.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=loopback",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(keys.resolve("keytool.txt").toFile())
            .start();
    assertThat(keytool.waitFor()).as("keytool").isZero();
    KeyStore loaded = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(store)) {
      loaded.load(bytes, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(loaded, PASSWORD.toCharArray());
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(loaded);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
  }

  @BeforeEach
  void serve() throws Exception {
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(trusting));
    server = new ModelServer(https, MODEL);
    url = URI.create("https://127.0.0.1:" + server.port() + "/model.onnx");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldFollowARedirectFromHttpsToHttps() throws Exception {
    server.next(ModelServer.redirect(url.resolve("/elsewhere.onnx")));

    assertThat(pull(url, Map.of()).file()).hasBinaryContent(MODEL);
  }

  @Test
  void shouldNotFollowARedirectFromHttpsToHttp() throws Exception {
    try (ModelServer plain = new ModelServer(MODEL)) {
      server.next(ModelServer.redirect(plain.url()));

      refused(url, "redirects to '" + plain.url() + "', which isn't followed");
      assertThat(plain.requests).isEmpty();
    }
  }

  @Test
  void shouldNotComeDownToHttpByWayOfHttps() throws Exception {
    try (ModelServer plain = new ModelServer(MODEL)) {
      plain.next(ModelServer.redirect(url));
      server.next(ModelServer.redirect(plain.url()));

      refused(plain.url(), "which isn't followed");
      assertThat(plain.requests).hasSize(1);
    }
  }

  @Test
  void shouldNotPullFromAServerThatNobodyTrusts() {
    Heard heard = new Heard();

    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(
            () ->
                Fixture.pull(ModelsFolder.at(temporary), heard)
                    .pull(Fixture.entry(url, Optional.empty()), Optional.empty()))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.MODEL_UNAVAILABLE))
        .withMessageContaining("can't be trusted");
    assertThat(heard.notes).as("a certificate doesn't change by asking again").isEmpty();
  }

  @Test
  void shouldTunnelThroughAProxyWithCredentials() throws Exception {
    try (TinyProxy proxy = new TinyProxy("Basic YW5uYTpzZWNyZXQ=")) {
      PulledModel pulled =
          pull(url, Map.of("HTTPS_PROXY", "http://anna:secret@" + proxy.address()));

      assertThat(pulled.file()).hasBinaryContent(MODEL);
      assertThat(proxy.requests)
          .containsExactly("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1");
      assertThat(server.requests.get(0).containsKey("Proxy-Authorization")).isFalse();
    }
  }

  @Test
  void shouldSayThatAProxyWantsCredentialsForItsTunnel() throws Exception {
    try (TinyProxy proxy = new TinyProxy("Basic YW5uYTpzZWNyZXQ=")) {
      assertThatExceptionOfType(CatalogueException.class)
          .isThrownBy(() -> pull(url, Map.of("HTTPS_PROXY", "anna:wrong@" + proxy.address())))
          .withMessageContaining("the proxy wants credentials");
      assertThat(server.requests).isEmpty();
    }
  }

  private void refused(URI from, String sentence) {
    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> pull(from, Map.of()))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.MODEL_UNAVAILABLE))
        .withMessageContaining(sentence);
  }

  private PulledModel pull(URI from, Map<String, String> environment) {
    return new ModelPull(
            ModelsFolder.at(temporary),
            HttpClient.newBuilder().sslContext(trusting),
            new Proxies(environment),
            Fixture.IMPATIENT,
            Fixture.LIMIT,
            new Heard())
        .pull(Fixture.entry(from, Optional.empty()), Optional.empty());
  }
}
