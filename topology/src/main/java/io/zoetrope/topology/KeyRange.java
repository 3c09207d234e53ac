package io.zoetrope.topology;

import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Neighbouring keys of a store, both ends included.
 *
 * @param from null: from the first
 * @param to null: to the last
 */
record KeyRange(String from, String to) {
  private static final char AFTER_SLASH = '/' + 1;

  /** Every key that is {@code parent}, a slash and more. */
  static KeyRange under(String parent) {
    return new KeyRange(parent + '/', parent + AFTER_SLASH);
  }

  /** This range from {@code key} on. */
  KeyRange startingAt(String key) {
    return new KeyRange(key, to);
  }

  /** The values of the range in order of their keys, read as they are asked for; close it. */
  <V> Stream<V> stream(ReadOnlyKeyValueStore<String, V> store) {
    KeyValueIterator<String, V> entries = store.range(from, to);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(entries, Spliterator.ORDERED), false)
        .map(entry -> entry.value)
        .onClose(entries::close);
  }
}
