package io.zoetrope.schemas.registry;

import io.zoetrope.schemas.EventException;
import org.apache.avro.Schema;

/**
 * Schemas by number. Implementations may be called from any thread and answer a repeated question
 * from memory.
 */
public interface SchemaRegistry {
  /**
   * The id of {@code schema} under {@code subject}, registered if it wasn't.
   *
   * @throws EventException {@code SCHEMA_INCOMPATIBLE} where readers of one version couldn't read
   *     what is written with another, {@code SCHEMA_REGISTRY_UNREACHABLE}
   */
  int register(String subject, Schema schema);

  /**
   * The schema that was registered with this id.
   *
   * @throws EventException {@code SCHEMA_UNKNOWN}, {@code SCHEMA_REGISTRY_UNREACHABLE}
   */
  Schema byId(int id);
}
