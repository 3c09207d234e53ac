package io.zoetrope.topology;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** Takes the place of what a rebuild must not do: publish, and watch. */
final class Discarded implements Processor<String, Object, String, Object> {
  @Override
  public void process(Record<String, Object> record) {
    // What the live topology concluded from this record, it has published.
  }
}
