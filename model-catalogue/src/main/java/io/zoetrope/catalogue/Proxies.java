package io.zoetrope.catalogue;

import io.zoetrope.catalogue.CatalogueException.Code;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Through which proxy an address is reached: the JVM's system properties {@code http.proxyHost},
 * {@code https.proxyHost} and {@code http.nonProxyHosts} where they are set, else the environment
 * as curl reads it, {@code http_proxy}, {@code https_proxy}, {@code all_proxy} and {@code
 * no_proxy}, in either case. Proxies are spoken to in HTTP; credentials, {@code
 * http://user:password@host:port}, go in clear as Basic.
 */
final class Proxies extends ProxySelector {
  private static final int HTTP_PORT = 80;

  private final Map<String, String> environment;

  Proxies(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public List<Proxy> select(URI url) {
    if (System.getProperty(url.getScheme() + ".proxyHost") != null) {
      return ProxySelector.getDefault().select(url);
    }
    return List.of(
        proxy(url).map(proxy -> new Proxy(Proxy.Type.HTTP, address(proxy))).orElse(Proxy.NO_PROXY));
  }

  /** The value of {@code Proxy-Authorization} for a request to {@code url}. */
  Optional<String> authorization(URI url) {
    if (System.getProperty(url.getScheme() + ".proxyHost") != null) {
      return Optional.empty();
    }
    return proxy(url)
        .map(URI::getRawUserInfo)
        .map(
            credentials ->
                URLDecoder.decode(credentials.replace("+", "%2B"), StandardCharsets.UTF_8))
        .map(
            credentials ->
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
  }

  private Optional<URI> proxy(URI url) {
    if (isExcluded(url)) {
      return Optional.empty();
    }
    return Stream.of(url.getScheme() + "_proxy", "all_proxy")
        .flatMap(variable -> value(variable).map(value -> parse(variable, value)).stream())
        .findFirst();
  }

  private Optional<String> value(String variable) {
    return Stream.of(variable, variable.toUpperCase(Locale.ROOT))
        .map(name -> environment.getOrDefault(name, "").strip())
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static URI parse(String variable, String value) {
    try {
      URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
      if ("http".equalsIgnoreCase(proxy.getScheme()) && proxy.getHost() != null) {
        return proxy;
      }
    } catch (IllegalArgumentException noAddress) {
      // Answered below; its message might show a password.
    }
    throw new CatalogueException(
        Code.PROXY_INVALID,
        "%s in the environment names no proxy that can be used; it has to be http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, special characters as %%XX"
            .formatted(variable));
  }

  private static InetSocketAddress address(URI proxy) {
    return new InetSocketAddress(
        proxy.getHost(), proxy.getPort() == -1 ? HTTP_PORT : proxy.getPort());
  }

  private boolean isExcluded(URI url) {
    return value("no_proxy").stream()
        .flatMap(list -> Arrays.stream(list.split("[,\\s]+")))
        .filter(pattern -> !pattern.isEmpty())
        .anyMatch(pattern -> matches(pattern.toLowerCase(Locale.ROOT), url));
  }

  /** Patterns are {@code *}, a host, a domain with or without a leading dot, each with a port. */
  private static boolean matches(String pattern, URI url) {
    if (pattern.equals("*")) {
      return true;
    }
    String host = unbracketed(url.getHost().toLowerCase(Locale.ROOT));
    int port = url.getPort() != -1 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
    String suffix = ":" + port;
    String name =
        pattern.endsWith(suffix)
            ? pattern.substring(0, pattern.length() - suffix.length())
            : pattern;
    String domain = unbracketed(name.replaceFirst("^\\*?\\.", ""));
    return host.equals(domain) || host.endsWith("." + domain);
  }

  /** An IPv6 address in a URL stands in brackets. */
  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public void connectFailed(URI url, SocketAddress proxy, IOException failure) {
    // The exchange fails as well, and says so.
  }
}
