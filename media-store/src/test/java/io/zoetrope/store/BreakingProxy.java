package io.zoetrope.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server and cuts connections off in the middle of what the server answers. */
final class BreakingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final int answerBytes;
  private final AtomicInteger toBreak = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

  /**
   * Starts to stand before {@code target}.
   *
   * @param answerBytes after which a connection is cut off
   */
  BreakingProxy(int target, int answerBytes) throws IOException {
    this.target = target;
    this.answerBytes = answerBytes;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The next {@code connections} whose answers are long enough are cut off. */
  void breakNext(int connections) {
    toBreak.set(connections);
  }

  /** How many have been. */
  int broken() {
    return broken.get();
  }

  /** Cuts off whoever is there, and takes nobody any more. */
  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.addAll(List.of(client, server));
        start(() -> pump(client, server, false));
        start(() -> pump(server, client, true));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      long passed = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        passed += read;
        if (answers && passed > answerBytes && toBreak.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
          broken.incrementAndGet();
          return;
        }
      }
    } catch (IOException e) {
      // The other direction has been cut off.
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "breaking-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
