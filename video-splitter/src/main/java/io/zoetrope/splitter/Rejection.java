package io.zoetrope.splitter;

import io.zoetrope.media.MediaException;
import io.zoetrope.schemas.EventException;
import io.zoetrope.store.MediaStoreException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why something that a producer sent can't be used. */
record Rejection(String code, String message) {
  /** No registry, no store, no detector that says which model it has: there will be. */
  private static final Set<String> PASSING =
      Set.of("SCHEMA_REGISTRY_UNREACHABLE", "STORE_UNREACHABLE", "MODEL_AWAITED");

  private static final Logger LOG = LoggerFactory.getLogger(Rejection.class);

  /**
   * The reason in {@code cause}, which is about the input.
   *
   * @throws RuntimeException {@code cause} itself, where it says nothing about the input, which may
   *     be fine a moment later
   */
  static Rejection of(RuntimeException cause) {
    if (cause instanceof CompletionException && cause.getCause() instanceof RuntimeException e) {
      return of(e);
    }
    if (isPassing(cause)) {
      throw cause;
    }
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

  /** Whether {@code cause} says nothing about the input. */
  static boolean isPassing(RuntimeException cause) {
    for (Throwable why = cause; why != null; why = why.getCause()) {
      if (PASSING.contains(codeOf(why))) {
        return true;
      }
    }
    return cause instanceof KafkaException && !(cause instanceof SerializationException);
  }

  private static String codeOf(Throwable cause) {
    if (cause instanceof EventException e) {
      return e.code();
    }
    return cause instanceof MediaStoreException e ? e.code() : "";
  }
}
