package io.zoetrope.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A role's process, which a supervisor starts again whenever it is gone: here, the test. */
final class Role implements AutoCloseable {
  /** Stands for its own URL among its arguments. */
  static final String URL = "{url}";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String name;
  private final Path folder;
  private final List<String> command;
  private final Map<String, String> environment;
  private final URI url;
  private ChildProcess process;

  Role(
      String name,
      Path folder,
      URI url,
      int heapMegabytes,
      List<String> arguments,
      Map<String, String> environment) {
    this.name = name;
    this.folder = folder;
    this.environment = environment;
    this.url = url;
    List<String> all = new ArrayList<>(arguments);
    all.replaceAll(argument -> argument.equals(URL) ? url.toString() : argument);
    all.addAll(List.of("--port", Integer.toString(url.getPort())));
    this.command = Java.command(heapMegabytes, "io.zoetrope.cli.Main", all);
  }

  /** Where it answers for its health, and what else it has to say. */
  URI url() {
    return url;
  }

  /** Starts it, and doesn't wait. */
  Role start() {
    if (process != null && process.isAlive()) {
      throw new IllegalStateException(process + " is still there");
    }
    process = ChildProcess.start(name, folder, command, environment);
    return this;
  }

  /** Waits until it says that it is ready. */
  void awaitReady() {
    Awaitility.await(name + " to be ready")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .conditionEvaluationListener(
            condition -> {
              if (!process.isAlive()) {
                throw new AssertionError(process + " ended:\n" + process.out() + process.err());
              }
            })
        .until(() -> status("/health/ready") == 200);
  }

  /** 0 where nobody answers. */
  int status(String path) {
    try {
      HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).build();
      return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  ChildProcess process() {
    return process;
  }

  void kill() {
    process.kill();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
