package io.zoetrope.isolation;

/**
 * How often a record was in hand.
 *
 * @param offset of the record
 * @param deaths how many processes ended with it in hand
 * @param inHand whether the process that says so has it in hand
 */
public record Attempt(long offset, int deaths, boolean inHand) {
  /**
   * After so many deaths a record isn't tried again: one process found it untried, and three got it
   * after it had survived its trial.
   */
  public static final int MAX_DEATHS = 4;
}
