package io.zoetrope.integration;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/** Apicurio Registry, as its makers publish it, in a process of its own with nothing kept. */
final class ApicurioRegistry implements AutoCloseable {
  private static final Path JAR = Path.of("target/apicurio/quarkus-run.jar").toAbsolutePath();
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final int OLDEST_JAVA = 21;

  private final Process process;
  private final int port;

  private ApicurioRegistry(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it, and returns when it answers; skips the test where the JVM is too old for it. */
  static ApicurioRegistry start(Path folder) throws IOException {
    int java = Runtime.version().feature();
    assumeTrue(
        java >= OLDEST_JAVA,
        "skipped: Apicurio Registry needs Java " + OLDEST_JAVA + ", and this is " + java);
    int port = Service.freePort();
    Path log = folder.resolve("apicurio.log");
    Process process =
        new ProcessBuilder(
                JAVA,
                "-Xmx512m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=" + Service.freePort(),
                "-jar",
                JAR.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ApicurioRegistry registry = new ApicurioRegistry(process, port);
    try {
      Service.await()
          .ignoreExceptionsInstanceOf(IOException.class)
          .failFast("it has ended", () -> !process.isAlive())
          .until(registry::answers);
      return registry;
    } catch (RuntimeException e) {
      registry.close();
      throw new AssertionError(Files.readString(log), e);
    }
  }

  /** Of Confluent's API, as it serves it. */
  String url() {
    return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
  }

  private boolean answers() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/subjects")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode() == 200;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
