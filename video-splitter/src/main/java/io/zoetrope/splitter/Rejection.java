package io.zoetrope.splitter;

import io.zoetrope.media.MediaException;
import io.zoetrope.schemas.EventException;
import io.zoetrope.store.MediaStoreException;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why something that a producer sent can't be used. */
record Rejection(String code, String message) {
  private static final Logger LOG = LoggerFactory.getLogger(Rejection.class);

  /** Whether {@code cause} says nothing about the input, which may be fine a moment later. */
  static boolean isPassing(RuntimeException cause) {
    return cause instanceof EventException e && e.code().equals("SCHEMA_REGISTRY_UNREACHABLE");
  }

  /** The reason in {@code cause}, which is about the input and not about Kafka. */
  static Rejection of(RuntimeException cause) {
    if (cause instanceof MediaException e) {
      return new Rejection(e.code().name(), e.getMessage());
    }
    if (cause instanceof MediaStoreException e) {
      return new Rejection(e.code(), e.getMessage());
    }
    if (cause instanceof EventException e) {
      return new Rejection(e.code(), e.getMessage());
    }
    if (cause instanceof SerializationException e) {
      return new Rejection("RECORD_UNREADABLE", e.getMessage());
    }
    LOG.error("A video is rejected because of an unexpected failure", cause);
    return new Rejection("SPLIT_FAILED", "an unexpected failure: " + cause);
  }
}
