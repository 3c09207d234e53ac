package io.zoetrope.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * The {@code docker-compose.yml} of this repository, its variables at their defaults. Its commands
 * and environments hold for plain processes as well, with other hosts and folders put in.
 */
public record ComposeFile(Map<String, Service> services) {
  static final Path FILE = Path.of("../docker-compose.yml").toAbsolutePath().normalize();

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

  /**
   * One kind of container.
   *
   * @param image that it runs
   * @param command what is said to the image's entry point; empty where nothing is
   */
  public record Service(String image, List<String> command, Map<String, String> environment) {
    /** Whether it is a process of Zoetrope's own. */
    public boolean isRole() {
      return image.startsWith("zoetrope:");
    }
  }

  /** As it is now. */
  public static ComposeFile read() throws IOException {
    String text =
        VARIABLE
            .matcher(Files.readString(FILE))
            .replaceAll(variable -> Matcher.quoteReplacement(variable.group(1)));
    Map<String, Map<String, Object>> described =
        new Yaml().<Map<String, Map<String, Map<String, Object>>>>load(text).get("services");
    Map<String, Service> services = new LinkedHashMap<>();
    described.forEach((name, service) -> services.put(name, service(service)));
    return new ComposeFile(services);
  }

  private static Service service(Map<String, Object> service) {
    return new Service(
        service.get("image").toString(),
        texts((List<?>) service.getOrDefault("command", List.of())),
        texts((Map<?, ?>) service.getOrDefault("environment", Map.of())));
  }

  private static List<String> texts(List<?> values) {
    return values.stream().map(Object::toString).toList();
  }

  private static Map<String, String> texts(Map<?, ?> values) {
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> texts.put(key.toString(), value == null ? "" : value.toString()));
    return texts;
  }
}
