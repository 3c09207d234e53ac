package io.zoetrope.schemas.registry;

import io.zoetrope.schemas.EventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * The bookkeeping of a registry, in memory: ids, versions, and the rule that each version of a
 * subject can read what was written with any other, the earlier with the later too, so that old
 * processes go on while new ones start. Any thread.
 */
public final class SchemaCatalogue implements SchemaRegistry {
  private final Map<String, List<RegisteredSchema>> subjects = new TreeMap<>();
  private final Map<Integer, Schema> byId = new TreeMap<>();

  @Override
  public int register(String subject, Schema schema) {
    return register(subject, schema, added -> {}).id();
  }

  /**
   * Like {@link #register(String, Schema)}; a schema that is new to the subject is handed to {@code
   * store} before anybody can see it, and isn't added where that throws.
   */
  synchronized RegisteredSchema register(
      String subject, Schema schema, Consumer<RegisteredSchema> store) {
    Schema plain = PlainSchema.of(schema);
    Optional<RegisteredSchema> known = find(subject, plain);
    if (known.isPresent()) {
      return known.get();
    }
    List<RegisteredSchema> earlier = versions(subject);
    for (RegisteredSchema version : earlier) {
      requireReadable(version, plain);
      requireStillReadable(version, plain);
    }
    RegisteredSchema added = new RegisteredSchema(subject, earlier.size() + 1, idOf(plain), plain);
    store.accept(added);
    add(added);
    return added;
  }

  /** Takes over what another process, or an earlier life of this one, registered. */
  synchronized void add(RegisteredSchema registered) {
    subjects.computeIfAbsent(registered.subject(), s -> new ArrayList<>()).add(registered);
    byId.putIfAbsent(registered.id(), registered.schema());
  }

  @Override
  public synchronized Schema byId(int id) {
    Schema schema = byId.get(id);
    if (schema == null) {
      throw new EventException("SCHEMA_UNKNOWN", "no schema has the id " + id);
    }
    return schema;
  }

  /** Every subject, in alphabetical order. */
  public synchronized List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  /** The versions of a subject, oldest first; none where the subject is unknown. */
  public synchronized List<RegisteredSchema> versions(String subject) {
    return List.copyOf(subjects.getOrDefault(subject, List.of()));
  }

  /** The version of {@code subject} that is this very schema. */
  public synchronized Optional<RegisteredSchema> find(String subject, Schema schema) {
    Schema plain = PlainSchema.of(schema);
    return versions(subject).stream().filter(v -> v.schema().equals(plain)).findFirst();
  }

  private int idOf(Schema schema) {
    return byId.entrySet().stream()
        .filter(entry -> entry.getValue().equals(schema))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(byId.size() + 1);
  }

  private static void requireReadable(RegisteredSchema earlier, Schema added) {
    differences(added, earlier.schema())
        .ifPresent(
            what -> {
              throw incompatible(
                  "the new schema of %s can't read what was written with version %d: %s"
                      .formatted(earlier.subject(), earlier.version(), what));
            });
  }

  private static void requireStillReadable(RegisteredSchema earlier, Schema added) {
    differences(earlier.schema(), added)
        .ifPresent(
            what -> {
              throw incompatible(
                  "version %d of %s can't read what is written with the new schema: %s"
                      .formatted(earlier.version(), earlier.subject(), what));
            });
  }

  /** Why {@code reader} can't read; empty where it can. */
  private static Optional<String> differences(Schema reader, Schema writer) {
    var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    return compatibility.getType() == SchemaCompatibilityType.COMPATIBLE
        ? Optional.empty()
        : Optional.of(compatibility.getResult().getIncompatibilities().toString());
  }

  private static EventException incompatible(String message) {
    return new EventException("SCHEMA_INCOMPATIBLE", message);
  }
}
