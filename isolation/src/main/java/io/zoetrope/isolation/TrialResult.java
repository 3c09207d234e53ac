package io.zoetrope.isolation;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How a trial ended.
 *
 * @param detail for what {@link Outcome#FAILED} the child's own words, for what it died of the end
 *     of a sentence, "died of SIGABRT"; otherwise empty
 * @param answer what the child brought back, where it was to bring something; read-only
 */
public record TrialResult(Outcome outcome, String detail, ByteBuffer answer) {
  static final TrialResult UNKNOWN = new TrialResult(Outcome.UNKNOWN, "");

  public TrialResult {
    answer = answer.asReadOnlyBuffer();
  }

  TrialResult(Outcome outcome, String detail) {
    this(outcome, detail, ByteBuffer.allocate(0));
  }

  static TrialResult survived(byte[] answer) {
    return new TrialResult(Outcome.SURVIVED, "", ByteBuffer.wrap(answer));
  }

  @Override
  public ByteBuffer answer() {
    return answer.duplicate();
  }

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
