package io.zoetrope.catalogue;

import io.zoetrope.catalogue.CatalogueException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Asks for files, through the proxy of each address on the way. Redirects are followed to http and
 * https, but never from https to http.
 */
final class HttpFiles {
  private static final int MOST_REDIRECTS = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final HttpClient client;
  private final Proxies proxies;
  private final Patience patience;

  /**
   * @param client a fresh builder, with what is to be trusted
   */
  HttpFiles(HttpClient.Builder client, Proxies proxies, Patience patience) {
    this.client =
        client
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience.connection())
            .proxy(proxies)
            .build();
    this.proxies = proxies;
    this.patience = patience;
  }

  /**
   * The answer at the end of the redirects, of any other status, its body not read yet.
   *
   * @throws NetworkException where none came
   * @throws CatalogueException {@code MODEL_UNAVAILABLE} where there will be none
   */
  HttpResponse<InputStream> get(URI url, Map<String, String> headers) throws IOException {
    URI at = url;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      HttpResponse<InputStream> response = send(at, headers);
      if (!REDIRECTS.contains(response.statusCode())) {
        return response;
      }
      response.body().close();
      at = target(at, response);
    }
    throw unavailable("%s redirects more than %d times".formatted(url, MOST_REDIRECTS), null);
  }

  private static URI target(URI from, HttpResponse<?> response) {
    String location = response.headers().firstValue("Location").orElse("");
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw unavailable("%s redirects to '%s', which is no address".formatted(from, location), e);
    }
    boolean http = "http".equals(to.getScheme()) && !"https".equals(from.getScheme());
    if (location.isEmpty() || to.getHost() == null || !(http || "https".equals(to.getScheme()))) {
      throw unavailable(
          "%s redirects to '%s', which isn't followed: from https only https is"
              .formatted(from, location),
          null);
    }
    return to;
  }

  private HttpResponse<InputStream> send(URI url, Map<String, String> headers) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).header("Accept-Encoding", "identity").GET();
    headers.forEach(request::header);
    proxies.authorization(url).ifPresent(value -> request.header("Proxy-Authorization", value));
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.sendAsync(request.build(), BodyHandlers.ofInputStream());
    try {
      // The request's own timeout would count the body in on newer JDKs.
      return answer.get(
          patience.connection().plus(patience.silence()).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new NetworkException("no answer within %d s".formatted(patience.silence().toSeconds()));
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new CatalogueException(Code.INTERRUPTED, "interrupted while waiting for " + url, e);
    } catch (ExecutionException e) {
      throw failed(url, e.getCause());
    }
  }

  private static NetworkException failed(URI url, Throwable cause) {
    if (isUnknownHost(cause)) {
      throw unavailable(
          "the host %s of %s isn't known; check the connection, or name a proxy in %s_proxy"
              .formatted(url.getHost(), url, url.getScheme()),
          cause);
    }
    if (cause instanceof SSLException) {
      throw unavailable("%s can't be trusted (%s)".formatted(url, cause.getMessage()), cause);
    }
    if (cause instanceof IOException) {
      return new NetworkException(describe(cause), Optional.empty(), cause);
    }
    throw new IllegalStateException("asking for " + url + " failed", cause);
  }

  private static boolean isUnknownHost(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof UnresolvedAddressException || each instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    String fallback =
        cause instanceof ConnectException ? "no connection" : cause.getClass().getSimpleName();
    return message == null || message.isBlank() ? fallback : message;
  }

  static CatalogueException unavailable(String sentence, Throwable cause) {
    return new CatalogueException(Code.MODEL_UNAVAILABLE, sentence, cause);
  }
}
