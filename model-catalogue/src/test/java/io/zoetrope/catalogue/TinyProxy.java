package io.zoetrope.catalogue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy on loopback: one request a connection, forwarded or tunnelled, or refused with 407. */
final class TinyProxy implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String credentials;

  /** First lines of the requests that came. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  /**
   * @param credentials the value of {@code Proxy-Authorization} that is wanted; null for none
   */
  TinyProxy(String credentials) throws IOException {
    this.credentials = credentials;
    threads.execute(this::accept);
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      String line = head.lines().findFirst().orElse("");
      requests.add(line);
      OutputStream out = client.getOutputStream();
      if (credentials != null && !head.contains("Proxy-Authorization: " + credentials + "\r\n")) {
        out.write(
            ascii("HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        return;
      }
      String[] words = line.split(" ", -1);
      if (words[0].equals("CONNECT")) {
        URI target = URI.create("x://" + words[1]);
        try (Socket server = new Socket(target.getHost(), target.getPort())) {
          out.write(ascii("HTTP/1.1 200 Connected\r\n\r\n"));
          join(client, server);
        }
      } else {
        URI target = URI.create(words[1]);
        try (Socket server = new Socket(target.getHost(), target.getPort())) {
          server
              .getOutputStream()
              .write(
                  ascii(
                      head.replaceFirst(" http://[^/]+", " ").replaceAll("Proxy-[^\r]+\r\n", "")));
          join(client, server);
        }
      }
    } catch (IOException gone) {
      // Whoever it was sees it, too.
    }
  }

  private void join(Socket client, Socket server) throws IOException {
    threads.execute(
        () -> {
          try {
            client.getInputStream().transferTo(server.getOutputStream());
          } catch (IOException gone) {
            // The other direction ends as well.
          }
        });
    server.getInputStream().transferTo(client.getOutputStream());
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("hung up");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
