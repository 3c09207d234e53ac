package io.zoetrope.gateway;

import io.zoetrope.schemas.registry.LogSchemaRegistry;
import io.zoetrope.schemas.registry.RegisteredSchema;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** The schemas that the gateway answers for. Any thread. */
public interface SchemaDirectory {
  /** Every subject, in alphabetical order. */
  List<String> subjects();

  /** The versions of a subject, oldest first; none where the subject is unknown. */
  List<RegisteredSchema> versions(String subject);

  /** The version of {@code subject} that is this very schema. */
  Optional<RegisteredSchema> find(String subject, Schema schema);

  /** As {@link io.zoetrope.schemas.registry.SchemaRegistry#register}, telling the version too. */
  RegisteredSchema register(String subject, Schema schema);

  /** As {@link io.zoetrope.schemas.registry.SchemaRegistry#byId}. */
  Schema byId(int id);

  /** What {@code registry} holds. */
  static SchemaDirectory of(LogSchemaRegistry registry) {
    return new SchemaDirectory() {
      @Override
      public List<String> subjects() {
        return registry.subjects();
      }

      @Override
      public List<RegisteredSchema> versions(String subject) {
        return registry.versions(subject);
      }

      @Override
      public Optional<RegisteredSchema> find(String subject, Schema schema) {
        return registry.find(subject, schema);
      }

      @Override
      public RegisteredSchema register(String subject, Schema schema) {
        return registry.registerVersion(subject, schema);
      }

      @Override
      public Schema byId(int id) {
        return registry.byId(id);
      }
    };
  }
}
