package io.zoetrope.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A gateway in a JVM of its own, whose heap holds a fraction of what is uploaded. */
public final class SmallHeapGateway implements AutoCloseable {
  static final long UPLOAD_BYTES = 128L << 20;

  private final Process process;
  private final int port;

  private SmallHeapGateway(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static SmallHeapGateway start(Path media) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapGateway.class.getName(),
                media.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return new SmallHeapGateway(process, Integer.parseInt(out.readLine()));
  }

  HttpResponse<String> put(String path, BodyPublisher body)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).PUT(body).build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Listens until it is ended; tells the port first. */
  public static void main(String[] args) {
    GatewayRig rig = new GatewayRig(Path.of(args[0]));
    Runtime.getRuntime().addShutdownHook(new Thread(rig::close));
    System.out.println(rig.gateway.port());
  }
}
