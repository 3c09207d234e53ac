package io.zoetrope.cli.verify;

import io.zoetrope.topology.query.RunDigest;
import java.util.Optional;

/**
 * A run in the live stores and in those that were rebuilt from the log.
 *
 * @param live empty where there is none
 * @param rebuilt empty where there is none
 */
record Comparison(
    String key, Verdict verdict, Optional<RunDigest> live, Optional<RunDigest> rebuilt) {

  enum Verdict {
    SAME,
    /** For good: neither side has changed for a while. */
    DIFFERS,
    /** They differ, but the run goes on, so that one side may only be a little behind. */
    MOVING
  }
}
