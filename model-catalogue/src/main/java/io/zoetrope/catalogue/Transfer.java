package io.zoetrope.catalogue;

import static io.zoetrope.catalogue.HttpFiles.unavailable;

import io.zoetrope.catalogue.CatalogueException.Code;
import io.zoetrope.catalogue.PartFile.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Gets what is missing of a model's file, by one request: from where an earlier one ended if the
 * server still has the same version and gives parts of it, else from the start (RFC 9110, 13.1.5
 * and 14).
 */
final class Transfer {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429, 500, 502, 503, 504);

  /** From when on a date tells a version from the next (RFC 9110, 8.8.2.2). */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private final CatalogueEntry entry;
  private final PartFile part;
  private final HttpFiles http;
  private final PullLimits limits;
  private final PullListener listener;
  private long fetched;

  /** What a pull keeps to. */
  record PullLimits(Patience patience, long mostBytes, boolean isPinned) {}

  Transfer(
      CatalogueEntry entry,
      PartFile part,
      HttpFiles http,
      PullLimits limits,
      PullListener listener) {
    this.entry = entry;
    this.part = part;
    this.http = http;
    this.limits = limits;
    this.listener = listener;
  }

  /**
   * Tries once.
   *
   * @return whether what is here now is put together of more than one answer
   * @throws NetworkException where another attempt may do better
   * @throws CatalogueException where it wouldn't: {@code MODEL_UNAVAILABLE}, {@code
   *     MODEL_TOO_LARGE}
   * @throws IOException of the disk
   */
  boolean attempt() throws IOException {
    Optional<Origin> origin = part.resumable(entry.url());
    long here = origin.isPresent() ? part.size() : 0;
    if (here > 0 && origin.get().length().equals(OptionalLong.of(here))) {
      return true;
    }
    Map<String, String> headers =
        here == 0
            ? Map.of()
            : Map.of(
                "Range", "bytes=%d-".formatted(here),
                "If-Range", origin.get().validator().orElseThrow());
    HttpResponse<InputStream> response = http.get(entry.url(), headers);
    try (InputStream body = response.body()) {
      switch (response.statusCode()) {
        case 200 -> {
          Origin fresh = origin(response.headers());
          requireModel(response.headers(), fresh.length());
          part.restart(fresh);
          receive(body, 0, fresh.length());
          return false;
        }
        case 206 -> {
          Origin begun = origin.orElseThrow(() -> refused(response));
          requireRest(response.headers(), here, begun);
          receive(body, here, begun.length());
          return true;
        }
        case 416 -> {
          part.discard();
          throw new NetworkException("the file is shorter now than what had come of it");
        }
        default -> {
          int status = response.statusCode();
          if (TRANSIENT.contains(status)) {
            throw new NetworkException(
                "the server answers " + status, pause(response.headers()), null);
          }
          throw refused(response);
        }
      }
    }
  }

  private void receive(InputStream body, long from, OptionalLong total) throws IOException {
    requireSize(total.orElse(0));
    long here = from;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (FileChannel file = part.append();
        SilenceGuard guard = new SilenceGuard(body, limits.patience().silence())) {
      int count = read(body, buffer, guard);
      while (count >= 0) {
        here += count;
        fetched += count;
        requireSize(here);
        PartFile.writeAll(file, ByteBuffer.wrap(buffer, 0, count));
        listener.progress(fetched, here, total);
        count = read(body, buffer, guard);
      }
    }
    if (total.isPresent() && here != total.getAsLong()) {
      throw new NetworkException(
          "it ended after %d of %d bytes".formatted(here, total.getAsLong()));
    }
  }

  private int read(InputStream body, byte[] buffer, SilenceGuard guard) throws NetworkException {
    try {
      guard.heard();
      return body.read(buffer);
    } catch (IOException e) {
      throw new NetworkException(
          guard.isExpired()
              ? "nothing came for %d s".formatted(limits.patience().silence().toSeconds())
              : "the connection broke off",
          Optional.empty(),
          e);
    }
  }

  private Origin origin(HttpHeaders headers) {
    Optional<String> validator =
        headers
            .firstValue("ETag")
            .filter(tag -> !tag.startsWith("W/"))
            .or(() -> headers.firstValue("Last-Modified").filter(date -> isSettled(date, headers)));
    return new Origin(entry.url(), validator, headers.firstValueAsLong("Content-Length"));
  }

  private static boolean isSettled(String modified, HttpHeaders headers) {
    try {
      ZonedDateTime answered = date(headers.firstValue("Date").orElse(""));
      return date(modified).plus(SETTLED).isBefore(answered);
    } catch (DateTimeException noDate) {
      return false;
    }
  }

  private static ZonedDateTime date(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
  }

  /** What nobody knows the hash of has to look like a whole file at least. */
  private void requireModel(HttpHeaders headers, OptionalLong length) {
    if (headers.firstValue("Content-Type").orElse("").startsWith("text/html")) {
      throw unavailable(
          "%s gives a web page, not a model; open it in a browser to see what it says"
              .formatted(entry.url()),
          null);
    }
    boolean chunked = headers.firstValue("Transfer-Encoding").isPresent();
    if (!limits.isPinned() && length.isEmpty() && !chunked) {
      throw unavailable(
          "%s doesn't say how large the file is, and no SHA-256 is known, so that nobody could tell whether all of it came; name the hash in a catalogue of your own"
              .formatted(entry.url()),
          null);
    }
  }

  /** There are servers that give a part of whatever they have now. */
  private void requireRest(HttpHeaders headers, long here, Origin begun) throws IOException {
    String range = headers.firstValue("Content-Range").orElse("");
    String rest =
        begun.length().isPresent()
            ? "bytes %d-%d/%d"
                .formatted(here, begun.length().getAsLong() - 1, begun.length().getAsLong())
            : "bytes %d-".formatted(here);
    String validator = begun.validator().orElseThrow();
    boolean otherVersion =
        validator.startsWith("\"")
            && headers.firstValue("ETag").filter(tag -> !tag.equals(validator)).isPresent();
    if (!range.startsWith(rest) || otherVersion) {
      part.discard();
      throw new NetworkException("the server gave another part of the file than was asked for");
    }
  }

  private void requireSize(long bytes) throws IOException {
    if (bytes > limits.mostBytes()) {
      part.discard();
      throw new CatalogueException(
          Code.MODEL_TOO_LARGE,
          "%s at %s has more than the %d bytes that a model may have; raise models.limits.size if it is meant to"
              .formatted(entry.name(), entry.url(), limits.mostBytes()));
    }
  }

  private CatalogueException refused(HttpResponse<?> response) {
    int status = response.statusCode();
    String why =
        switch (status) {
          case 401, 403 -> "it isn't given to everybody";
          case 404, 410 -> "nothing lies there; a catalogue of your own can name another place";
          case 407 ->
              "the proxy wants credentials; put them into the proxy's address, http://USER:PASSWORD@HOST:PORT";
          default -> "look at it with a browser";
        };
    return unavailable(
        "%s can't be had: %s answers %d: %s".formatted(entry.name(), response.uri(), status, why),
        null);
  }

  /** Seconds, or a date that nobody sends for so short a time. */
  private static Optional<Duration> pause(HttpHeaders headers) {
    return headers
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }
}
