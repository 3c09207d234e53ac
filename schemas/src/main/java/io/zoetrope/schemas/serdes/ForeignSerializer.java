package io.zoetrope.schemas.serdes;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A serializer that somebody else wrote, for as long as the process lives: each producer closes the
 * one that it was given, but there is one for all producers of a topic.
 */
final class ForeignSerializer<V> implements Serializer<V> {
  private final Serializer<V> theirs;

  ForeignSerializer(Serializer<V> theirs) {
    this.theirs = theirs;
  }

  @Override
  public byte[] serialize(String topic, V value) {
    return value == null ? null : theirs.serialize(topic, value);
  }

  @Override
  public byte[] serialize(String topic, Headers headers, V value) {
    return value == null ? null : theirs.serialize(topic, headers, value);
  }
}
