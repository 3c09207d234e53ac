package io.zoetrope.catalogue;

import java.time.Duration;

/**
 * How long a pull waits for what.
 *
 * @param connection to be made
 * @param silence of a server that owes an answer, or more of a file
 * @param attempts in a row that bring nothing new
 * @param firstPause before the second attempt; twice as long before each one after it
 * @param longestPause that a server may ask for
 */
record Patience(
    Duration connection,
    Duration silence,
    int attempts,
    Duration firstPause,
    Duration longestPause) {

  static final Patience USUAL =
      new Patience(
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          5,
          Duration.ofMillis(500),
          Duration.ofSeconds(60));

  /** Before the attempt that follows so many fruitless ones. */
  Duration pauseAfter(int fruitless) {
    return firstPause.multipliedBy(1L << Math.min(fruitless - 1, 10));
  }
}
