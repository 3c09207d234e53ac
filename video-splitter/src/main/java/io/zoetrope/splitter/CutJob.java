package io.zoetrope.splitter;

import io.zoetrope.events.RunRequested;
import io.zoetrope.schemas.Keys;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;

/**
 * Something that is made of one video by going through it, a transaction a step, the last of which
 * also settles the requests. Used by one thread.
 */
interface CutJob extends AutoCloseable {
  /** What came of a step. */
  enum Turn {
    WORKED,
    WAITED,
    ENDED
  }

  /** Whether detectors aren't so far behind that it had better wait. */
  boolean mayGoOn();

  /**
   * Publishes the next piece.
   *
   * @throws KafkaException where the transaction failed, and with it the job
   */
  Turn step(EventTransactions transactions);

  /** Whether it holds its video open. */
  boolean isOpen();

  /** Closes its video until its next step. */
  void putBy();

  /** Whether it has held its video open and done nothing for so long. */
  boolean isIdleFor(Duration time);

  /** The requests that it is about. */
  Assignment assignment();

  /** Gives up what isn't published. */
  @Override
  void close();

  /** The key of the split that a run is of. */
  static String splitOf(RunRequested run) {
    return Keys.split(run.getVideoId(), run.getSplitId());
  }
}
