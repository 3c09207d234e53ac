package io.zoetrope.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A file and a server that notice whoever opens them. */
final class Bait implements AutoCloseable {
  private static final int CONNECT_MILLIS = 20;

  private final Path file;
  private final ServerSocket server;
  private final CountDownLatch opened = new CountDownLatch(1);

  /** Sets both up; the file is a pipe below {@code folder}, whose writer waits for a reader. */
  Bait(Path folder) throws Exception {
    file = folder.resolve("bait.ts");
    Process maker = new ProcessBuilder("mkfifo", file.toString()).start();
    if (maker.waitFor() != 0) {
      throw new IllegalStateException("no pipe at " + file);
    }
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    server.setSoTimeout(CONNECT_MILLIS);
    Thread writer = new Thread(this::awaitReader, "bait");
    writer.setDaemon(true);
    writer.start();
  }

  Path file() {
    return file;
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/segment.ts";
  }

  /** Whether anybody has read the file, or connected to the server. */
  boolean isTaken() throws IOException {
    try {
      server.accept().close();
      return true;
    } catch (SocketTimeoutException e) {
      return opened.getCount() == 0;
    }
  }

  /** Waits for somebody to read the file. */
  boolean awaitTaken() throws InterruptedException {
    return opened.await(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (opened.getCount() > 0) {
      // Lets the writer go, as nobody else did.
      Files.newInputStream(file).close();
    }
  }

  private void awaitReader() {
    try {
      Files.newOutputStream(file).close();
      opened.countDown();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
