package io.zoetrope.isolation;

/**
 * What a trial process says on its standard output. On its standard input come requests, a length
 * and that many bytes each, and the answers to what it asks.
 */
final class TrialMessages {
  /** It is ready for requests; once, at the beginning. */
  static final int READY = 1;

  /**
   * The request is done with; what it failed of in an orderly way follows (UTF), or nothing, and
   * what it brings back, a length (int) and the bytes.
   */
  static final int DONE = 2;

  /** Asks for the size of the original; answered by a long, {@link #FAILED} if it can't be had. */
  static final int SIZE = 3;

  /**
   * Asks for bytes of the original, from a position (long) on and at most so many (int); answered
   * by a number of bytes (int) and the bytes, or {@link #END} or {@link #FAILED} alone.
   */
  static final int READ = 4;

  static final int END = -1;
  static final int FAILED = -2;

  private TrialMessages() {}
}
