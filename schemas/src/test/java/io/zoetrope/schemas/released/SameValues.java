package io.zoetrope.schemas.released;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.IndexedRecord;

/** Values of different classes and versions in one form in which they can be compared. */
final class SameValues {
  private SameValues() {}

  /**
   * What {@code record} says of the fields that {@code other} has, too.
   *
   * @param other the other version of the record's schema
   */
  static Map<String, Object> told(IndexedRecord record, Schema other) {
    Map<String, Object> told = new TreeMap<>();
    for (Schema.Field field : record.getSchema().getFields()) {
      Schema.Field same = other.getField(field.name());
      if (same != null) {
        told.put(field.name(), told(record.get(field.pos()), same.schema()));
      }
    }
    return told;
  }

  private static Object told(Object value, Schema other) {
    if (value instanceof IndexedRecord record) {
      return told(record, named(other, record.getSchema().getFullName()));
    } else if (value instanceof Collection<?> items) {
      Schema item = only(other, Schema.Type.ARRAY).getElementType();
      return items.stream().map(each -> Optional.ofNullable(told(each, item))).toList();
    } else if (value instanceof Map<?, ?> entries) {
      Schema item = only(other, Schema.Type.MAP).getValueType();
      Map<String, Object> told = new LinkedHashMap<>();
      entries.forEach((key, each) -> told.put(key.toString(), told(each, item)));
      return told;
    } else if (value instanceof CharSequence
        || value instanceof GenericEnumSymbol<?>
        || value instanceof Enum<?>) {
      return value.toString();
    } else if (value instanceof ByteBuffer bytes) {
      return bytes.duplicate();
    }
    return value;
  }

  private static Schema named(Schema schema, String name) {
    return schema.isUnion() ? schema.getTypes().get(schema.getIndexNamed(name)) : schema;
  }

  private static Schema only(Schema schema, Schema.Type type) {
    return schema.isUnion()
        ? schema.getTypes().stream().filter(s -> s.getType() == type).findFirst().orElseThrow()
        : schema;
  }
}
