package io.zoetrope.isolation;

import java.util.Optional;

/**
 * How a trial ended.
 *
 * @param detail for what {@link Outcome#FAILED} the child's own words, for what it died of the end
 *     of a sentence, "died of SIGABRT"; otherwise empty
 */
public record TrialResult(Outcome outcome, String detail) {
  static final TrialResult SURVIVED = new TrialResult(Outcome.SURVIVED, "");
  static final TrialResult UNKNOWN = new TrialResult(Outcome.UNKNOWN, "");

  /** The ways to end. */
  public enum Outcome {
    /** It went well. */
    SURVIVED,
    /** It can't be found out, because there is no child to be had. */
    UNKNOWN,
    /** The child is well, but couldn't do what it was asked. */
    FAILED,
    /** The child died. */
    CRASHED,
    /** The child gave no sign of life for longer than it was given. */
    HUNG
  }

  /** What the child died of; empty where it lives. */
  public Optional<String> death() {
    return switch (outcome) {
      case SURVIVED, UNKNOWN, FAILED -> Optional.empty();
      case CRASHED, HUNG -> Optional.of(detail);
    };
  }
}
