package io.zoetrope.assembler;

import java.util.concurrent.CancellationException;

/** What a planner hears from, and tells, whoever has it do something long. The planner's thread. */
@FunctionalInterface
interface Supervision {
  /** Whether nobody wants it any more. */
  boolean isAbandoned();

  /** From here on it only waits: if the process dies now, this isn't the cause. */
  default void rest() {}

  /**
   * Returns once it is on record that the work goes on, of which a process may die.
   *
   * @throws CancellationException where nobody wants it any more
   */
  default void resume() {}
}
