package io.zoetrope.isolation;

import java.time.Duration;

/** A trial process that is no more; the message goes on after "it". */
final class TrialDeathException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean conclusive;
  private final boolean hung;

  private TrialDeathException(String message, boolean conclusive, boolean hung) {
    super(message);
    this.conclusive = conclusive;
    this.hung = hung;
  }

  static TrialDeathException of(String message, boolean conclusive) {
    return new TrialDeathException(message, conclusive, false);
  }

  static TrialDeathException hung(Duration patience) {
    return new TrialDeathException(
        "gave no sign of life for %d s".formatted(patience.toSeconds()), true, true);
  }

  TrialResult result() {
    return new TrialResult(
        hung ? TrialResult.Outcome.HUNG : TrialResult.Outcome.CRASHED, getMessage());
  }

  /** Whether what it was doing is what it died of. */
  boolean isConclusive() {
    return conclusive;
  }
}
