package io.zoetrope.isolation;

/** A trial process that is no more; the message goes on after "it". */
final class TrialDeathException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean conclusive;

  TrialDeathException(String message, boolean conclusive) {
    super(message);
    this.conclusive = conclusive;
  }

  /** Whether what it was doing is what it died of. */
  boolean isConclusive() {
    return conclusive;
  }
}
