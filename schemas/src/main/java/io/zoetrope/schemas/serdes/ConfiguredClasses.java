package io.zoetrope.schemas.serdes;

import io.zoetrope.schemas.EventException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serializers that others wrote, by the names of their classes in Kafka's settings. They are
 * configured with all of those, and with what Confluent's need in order to do as ours do: the
 * registry's URL, generated classes for values, and nothing of Java in what other languages see.
 */
final class ConfiguredClasses {
  /** None of them: our own do. */
  static final ConfiguredClasses NONE = new ConfiguredClasses(Map.of());

  private static final String SERIALIZER = "value.serializer";
  private static final String DESERIALIZER = "value.deserializer";
  private static final String REGISTRY = "schema.registry.url";

  private final Map<String, Object> settings;

  private ConfiguredClasses(Map<String, Object> settings) {
    this.settings = settings;
  }

  /**
   * As {@code kafka} names them.
   *
   * @param registryUrl for them, where {@code kafka} names no other
   * @throws EventException {@code CONFIG_INVALID} where one isn't there, or has no registry
   */
  static ConfiguredClasses of(Map<String, ?> kafka, Optional<URI> registryUrl) {
    if (!kafka.containsKey(SERIALIZER) && !kafka.containsKey(DESERIALIZER)) {
      return NONE;
    }
    Map<String, Object> settings = new HashMap<>();
    registryUrl.ifPresent(url -> settings.put(REGISTRY, url.toString()));
    settings.put("specific.avro.reader", true);
    settings.put("avro.remove.java.properties", true);
    settings.putAll(kafka);
    if (!settings.containsKey(REGISTRY)) {
      throw invalid(
          "kafka.value.serializer and kafka.value.deserializer need a schema registry that they can"
              + " ask; add --schema-registry, or leave them out",
          null);
    }
    ConfiguredClasses classes = new ConfiguredClasses(settings);
    // Better now than with the first record.
    classes.serializer().ifPresent(Serializer::close);
    classes.deserializer().ifPresent(Deserializer::close);
    return classes;
  }

  /** A new serializer of values; empty for our own. */
  @SuppressWarnings("unchecked") // What it can't write it refuses when it gets it.
  <V> Optional<Serializer<V>> serializer() {
    return instance(SERIALIZER, Serializer.class)
        .map(
            made -> {
              Serializer<V> serializer = (Serializer<V>) made;
              serializer.configure(settings, false);
              return serializer;
            });
  }

  /** A new deserializer of values; empty for our own. */
  Optional<Deserializer<?>> deserializer() {
    return instance(DESERIALIZER, Deserializer.class)
        .map(
            made -> {
              Deserializer<?> deserializer = (Deserializer<?>) made;
              deserializer.configure(settings, false);
              return deserializer;
            });
  }

  private Optional<Object> instance(String setting, Class<?> kind) {
    Object name = settings.get(setting);
    if (name == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Class.forName(name.toString()).asSubclass(kind).getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
      throw invalid(
          "kafka.%s names %s, which can't be used (%s); name a class on the class path that is a %s"
              .formatted(setting, name, e, kind.getName()),
          e);
    }
  }

  private static EventException invalid(String message, Throwable cause) {
    return new EventException("CONFIG_INVALID", message, cause);
  }
}
