package io.zoetrope.integration;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The scripts of {@code src/test/node}, with the packages that they need. */
final class NodeScripts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SOURCE = Path.of("src/test/node");
  private static final Path FOLDER = Path.of("target/node");
  private static final int MINUTES = 5;

  private NodeScripts() {}

  /** Fetches the packages that the lock file names; skips the test where there is no npm. */
  static NodeScripts install() throws IOException, InterruptedException {
    assumeTrue(isThere("node") && isThere("npm"), "skipped: there is no node, or no npm");
    Files.createDirectories(FOLDER);
    try (Stream<Path> files = Files.list(SOURCE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    NodeScripts scripts = new NodeScripts();
    scripts.await(
        new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"), "npm");
    return scripts;
  }

  /** Runs a script to its end; what it printed, a value for each line. */
  List<JsonNode> run(Map<String, String> environment, String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    List<JsonNode> printed = new ArrayList<>();
    for (String line : await(builder, script)) {
      printed.add(JSON.readTree(line));
    }
    return printed;
  }

  private List<String> await(ProcessBuilder builder, String name)
      throws IOException, InterruptedException {
    Path out = FOLDER.resolve(name + ".out");
    Path err = FOLDER.resolve(name + ".err");
    Process process =
        builder
            .directory(FOLDER.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new AssertionError(name + " failed:\n" + Files.readString(err));
      }
      return Files.readAllLines(out);
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
