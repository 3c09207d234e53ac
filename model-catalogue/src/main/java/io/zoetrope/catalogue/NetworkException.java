package io.zoetrope.catalogue;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A failure on the way to a file that may well be gone a moment later. */
final class NetworkException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> pause;

  NetworkException(String message) {
    this(message, Optional.empty(), null);
  }

  /**
   * @param message what happened, to stand in brackets
   * @param pause that the server asked for
   */
  NetworkException(String message, Optional<Duration> pause, Throwable cause) {
    super(message, cause);
    this.pause = pause;
  }

  Optional<Duration> pause() {
    return pause;
  }
}
