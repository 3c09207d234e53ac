package io.zoetrope.topology;

/** A record that could be read but contradicts itself; thrown before anything is written. */
final class InvalidEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidEventException(String message) {
    super(message);
  }

  static void require(boolean valid, String key, String what) {
    if (!valid) {
      throw new InvalidEventException("the record " + key + " is invalid: " + what);
    }
  }
}
