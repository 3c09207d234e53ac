package io.zoetrope.isolation;

import java.util.Optional;

/**
 * How a trial ended.
 *
 * @param detail for what {@link Outcome#FAILED} the child's own words, for what it died of the end
 *     of a sentence, "died of SIGABRT"; empty where it survived
 */
public record TrialResult(Outcome outcome, String detail) {
  static final TrialResult SURVIVED = new TrialResult(Outcome.SURVIVED, "");

  /** The ways to end. */
  public enum Outcome {
    /** It went well, or that can't be found out because there is no child to be had. */
    SURVIVED,
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
      case SURVIVED, FAILED -> Optional.empty();
      case CRASHED, HUNG -> Optional.of(detail);
    };
  }
}
