package io.zoetrope.catalogue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server on loopback with one file, which does as a test tells it. */
final class ModelServer implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Answer> script = new ConcurrentLinkedQueue<>();

  final List<Headers> requests = new CopyOnWriteArrayList<>();
  final AtomicLong bytesSent = new AtomicLong();
  volatile byte[] content;
  volatile String etag = "\"one\"";

  /**
   * Is told where a connection is about to break off; what the client hasn't read by then is lost.
   */
  volatile LongConsumer beforeCut = position -> {};

  /** What is done with a request. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  ModelServer(byte[] content) throws IOException {
    this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), content);
  }

  ModelServer(HttpServer server, byte[] content) {
    this.server = server;
    this.content = content;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port() + "/model.onnx");
  }

  /** The next request that isn't spoken for is answered so; all after those, as usual. */
  void next(Answer answer) {
    script.add(answer);
  }

  List<String> ranges() {
    return requests.stream().map(r -> String.valueOf(r.getFirst("Range"))).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestHeaders());
    Answer answer = script.poll();
    try (exchange) {
      (answer == null ? (Answer) this::serve : answer).to(exchange);
    }
  }

  /** As a server that knows ranges does. */
  void serve(HttpExchange exchange) throws IOException {
    serve(exchange, start(exchange), Integer.MAX_VALUE);
  }

  /** As {@link #serve(HttpExchange)}, but the connection breaks off after some bytes. */
  Answer cutAfter(int bytes) {
    return exchange -> serve(exchange, start(exchange), bytes);
  }

  /** As one that knows no ranges. */
  Answer whole() {
    return exchange -> serve(exchange, 0, Integer.MAX_VALUE);
  }

  static Answer status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  static Answer redirect(URI to) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", to.toString());
      exchange.sendResponseHeaders(302, -1);
    };
  }

  private int start(HttpExchange exchange) {
    Headers asked = exchange.getRequestHeaders();
    Matcher range = RANGE.matcher(String.valueOf(asked.getFirst("Range")));
    String validator = asked.getFirst("If-Range");
    return range.matches() && (validator == null || validator.equals(etag))
        ? Integer.parseInt(range.group(1))
        : 0;
  }

  /** Gives bytes from {@code from} on, though no more than {@code most} of them. */
  void serve(HttpExchange exchange, int from, int most) throws IOException {
    Headers given = exchange.getResponseHeaders();
    byte[] bytes = content;
    if (from >= bytes.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (from > 0) {
      given.set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
    }
    if (etag != null) {
      given.set("ETag", etag);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
    OutputStream out = exchange.getResponseBody();
    int count = Math.min(most, bytes.length - from);
    out.write(bytes, from, count);
    out.flush();
    bytesSent.addAndGet(count);
    if (from + count < bytes.length) {
      beforeCut.accept(from + count);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
