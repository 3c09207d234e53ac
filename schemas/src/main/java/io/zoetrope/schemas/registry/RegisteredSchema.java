package io.zoetrope.schemas.registry;

import org.apache.avro.Schema;

/**
 * A schema as it stands in a registry.
 *
 * @param version counted from 1 within the subject
 * @param id equal schemas share it across subjects
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
