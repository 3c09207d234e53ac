package io.zoetrope.topology.ledger;

import io.zoetrope.events.Failure;

/**
 * Why something came to nothing.
 *
 * @param code stable, for programs
 * @param message a sentence, for people
 */
public record Reason(String code, String message) {
  static Reason of(Failure failure) {
    return new Reason(failure.getCode(), failure.getMessage());
  }
}
