package io.zoetrope.cli.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.common.MapBackedConfigSource;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.schemas.Nearest;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The values of all {@link Settings}: a flag goes before the environment, that before the file,
 * that before the default. Keys that begin with {@code kafka.} are handed to Kafka's clients
 * without that prefix. Immutable; every value has been checked once it exists.
 */
public final class Configuration {
  /** Read where no other file is named and this one exists. */
  public static final Path DEFAULT_FILE = Path.of("zoetrope.properties");

  private static final String KAFKA_PREFIX = "kafka.";
  private static final List<String> VARIABLES_OF_THE_LAUNCHER =
      List.of("ZOETROPE_JAVA_OPTS", "ZOETROPE_PROFILE", "ZOETROPE_CRASHED", "ZOETROPE_LAUNCHER");

  private final SmallRyeConfig values;
  private final List<String> warnings;

  private Configuration(SmallRyeConfig values, List<String> warnings) {
    this.values = values;
    this.warnings = warnings;
  }

  /**
   * One setting as it stands: {@code value} is empty and {@code origin} "unset" where it has none.
   */
  public record Entry(String key, String value, String origin, String description) {}

  /**
   * Reads and checks every setting.
   *
   * @param flags by the key of their setting
   * @param environment variables that don't begin with {@code ZOETROPE_} are ignored
   * @param file of properties; empty means {@link #DEFAULT_FILE} in {@code folder}, if it is there
   * @param folder the current one
   * @throws UserError {@code CONFIG_UNREADABLE}, {@code CONFIG_UNKNOWN_KEY}, {@code CONFIG_INVALID}
   */
  public static Configuration load(
      Map<String, String> flags,
      Map<String, String> environment,
      Optional<Path> file,
      Path folder) {
    List<String> warnings = new ArrayList<>();
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
    builder.withSources(new Layer(flags, "flag", 400));
    builder.withSources(new Layer(fromEnvironment(environment, warnings), "environment", 300));
    Path inFolder = folder.resolve(DEFAULT_FILE);
    Optional<Path> read = file.or(() -> Optional.of(inFolder).filter(Files::exists));
    read.ifPresent(path -> builder.withSources(new Layer(fromFile(path), "file " + path, 200)));
    Map<String, String> defaults = new TreeMap<>();
    Settings.all().forEach(s -> s.defaultValue().ifPresent(value -> defaults.put(s.key(), value)));
    builder.withSources(new Layer(defaults, "default", 100));
    Configuration configuration = new Configuration(builder.build(), List.copyOf(warnings));
    Settings.all().forEach(configuration::find);
    return configuration;
  }

  /** The value of a setting that has a default. */
  public <T> T get(Setting<T> setting) {
    return find(setting).orElseThrow();
  }

  /** The value of a setting, empty where it is unset. */
  public <T> Optional<T> find(Setting<T> setting) {
    ConfigValue value = values.getConfigValue(setting.key());
    if (value.getValue() == null || value.getValue().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(setting.type().parse().apply(value.getValue().strip()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UserError(
          "CONFIG_INVALID",
          String.format(
              Locale.ROOT,
              "%s is '%s' (%s), but has to be %s",
              setting.key(),
              value.getValue(),
              value.getConfigSourceName(),
              setting.type().form()),
          e);
    }
  }

  /** The value of a setting as it is written, empty where it is unset. */
  public Optional<String> text(Setting<?> setting) {
    return find(setting).map(value -> values.getConfigValue(setting.key()).getValue().strip());
  }

  /** Settings for Kafka's clients, without their prefix. */
  public Map<String, String> kafka() {
    Map<String, String> settings = new TreeMap<>();
    for (String key : values.getPropertyNames()) {
      if (key.startsWith(KAFKA_PREFIX)) {
        settings.put(key.substring(KAFKA_PREFIX.length()), values.getConfigValue(key).getValue());
      }
    }
    return settings;
  }

  /** Every setting in the order of the table, then Kafka's by key. */
  public List<Entry> entries() {
    Stream<Entry> own = Settings.all().stream().map(s -> entry(s.key(), s.description()));
    Stream<Entry> kafka =
        kafka().keySet().stream()
            .map(key -> entry(KAFKA_PREFIX + key, "handed to Kafka's clients"));
    return Stream.concat(own, kafka).toList();
  }

  /** What was ignored, in sentences. */
  public List<String> warnings() {
    return warnings;
  }

  private Entry entry(String key, String description) {
    ConfigValue value = values.getConfigValue(key);
    boolean set = value.getValue() != null && !value.getValue().isEmpty();
    return new Entry(
        key, set ? value.getValue() : "", set ? value.getConfigSourceName() : "unset", description);
  }

  /** Values under one name, which `zoetrope config` shows as their origin. */
  private static final class Layer extends MapBackedConfigSource {
    Layer(Map<String, String> values, String name, int ordinal) {
      super(name, values, ordinal);
    }
  }

  private static Map<String, String> fromEnvironment(
      Map<String, String> environment, List<String> warnings) {
    Map<String, String> keys = new TreeMap<>();
    Settings.all().forEach(setting -> keys.put(setting.variable(), setting.key()));
    String kafka = Setting.ENVIRONMENT_PREFIX + "KAFKA_";
    Map<String, String> found = new TreeMap<>();
    new TreeMap<>(environment)
        .forEach(
            (variable, value) -> {
              if (keys.containsKey(variable)) {
                found.put(keys.get(variable), value);
              } else if (variable.startsWith(kafka)) {
                String key = variable.substring(kafka.length()).toLowerCase(Locale.ROOT);
                found.put(KAFKA_PREFIX + key.replace('_', '.'), value);
              } else if (variable.startsWith(Setting.ENVIRONMENT_PREFIX)
                  && !VARIABLES_OF_THE_LAUNCHER.contains(variable)) {
                // Not refused: Kubernetes itself sets such variables for a service named zoetrope.
                warnings.add("the environment variable " + variable + " is no setting; ignored");
              }
            });
    return found;
  }

  private static Map<String, String> fromFile(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          "CONFIG_UNREADABLE",
          "the configuration file "
              + file
              + " can't be read ("
              + e
              + "); name another with --config",
          e);
    }
    List<String> known = Settings.all().stream().<String>map(Setting::key).toList();
    Map<String, String> found = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (!known.contains(key) && !key.startsWith(KAFKA_PREFIX)) {
        throw new UserError(
            "CONFIG_UNKNOWN_KEY",
            String.format(
                Locale.ROOT,
                "%s in %s is no setting; did you mean %s? `zoetrope config` lists them all",
                key,
                file,
                Nearest.to(key, known)));
      }
      found.put(key, properties.getProperty(key));
    }
    return found;
  }
}
