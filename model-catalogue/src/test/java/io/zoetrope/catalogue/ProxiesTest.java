package io.zoetrope.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.catalogue.CatalogueException.Code;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final URI MODEL = URI.create("https://models.example.org/net.onnx");

  @ParameterizedTest(name = "no_proxy={0}: {1} directly: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "example.org              | https://models.example.org/ | true",
        ".example.org             | https://models.example.org/ | true",
        "*.example.org            | https://models.example.org/ | true",
        "MODELS.example.org       | https://Models.Example.org/ | true",
        "ample.org                | https://models.example.org/ | false",
        "models                   | https://models.example.org/ | false",
        "a.org, example.org       | https://models.example.org/ | true",
        "example.org:443          | https://models.example.org/ | true",
        "example.org:8443         | https://models.example.org/ | false",
        "example.org:80           | http://example.org/         | true",
        "127.0.0.1                | https://127.0.0.1:8443/     | true",
        "::1                      | https://[::1]/              | true",
        "[::1]                    | https://[::1]/              | true",
        "*                        | https://models.example.org/ | true",
        "''                       | https://models.example.org/ | false"
      })
  void shouldPassByWhatNoProxyNames(String list, URI url, boolean direct) {
    Proxies proxies = new Proxies(Map.of("all_proxy", "http://proxy:3128", "no_proxy", list));

    assertThat(proxies.select(url).get(0).equals(Proxy.NO_PROXY)).isEqualTo(direct);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "http://proxy:3128, proxy:3128",
    "http://proxy:3128/, proxy:3128",
    "proxy:3128, proxy:3128",
    "http://proxy, proxy:80",
    "http://anna:secret@proxy:3128, proxy:3128"
  })
  void shouldReadTheAddressOfAProxy(String value, String address) {
    Proxies proxies = new Proxies(Map.of("HTTPS_PROXY", value));

    InetSocketAddress proxy = (InetSocketAddress) proxies.select(MODEL).get(0).address();
    assertThat(proxy.getHostString() + ":" + proxy.getPort()).isEqualTo(address);
  }

  @Test
  void shouldTakeTheProxyOfTheScheme() {
    Map<String, String> environment =
        Map.of("http_proxy", "plain:1", "HTTPS_PROXY", "upper:2", "https_proxy", "lower:3");

    assertThat(new Proxies(environment).select(MODEL).get(0).address())
        .hasToString("lower/<unresolved>:3");
    assertThat(new Proxies(Map.of("http_proxy", "plain:1")).select(MODEL).get(0))
        .isEqualTo(Proxy.NO_PROXY);
  }

  @Test
  void shouldLetTheSystemPropertiesOfTheJvmGoFirst() {
    System.setProperty("https.proxyHost", "property");
    System.setProperty("https.proxyPort", "4");
    try {
      Proxies proxies = new Proxies(Map.of("https_proxy", "http://anna:secret@environment:3"));

      assertThat(((InetSocketAddress) proxies.select(MODEL).get(0).address()).getHostString())
          .isEqualTo("property");
      assertThat(proxies.authorization(MODEL)).as("that of another proxy").isEmpty();
    } finally {
      System.clearProperty("https.proxyHost");
      System.clearProperty("https.proxyPort");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://proxy:1080", "https://proxy:3128", "http://:1", "http://p q"})
  void shouldRefuseAProxyThatItCanNotSpeakToWithoutShowingIt(String value) {
    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> new Proxies(Map.of("https_proxy", value)).select(MODEL))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.PROXY_INVALID))
        .withMessageStartingWith("https_proxy in the environment names no proxy")
        .withMessageNotContaining(value);
  }
}
