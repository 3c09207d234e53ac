package io.zoetrope.gateway;

import io.zoetrope.events.RunRequested;
import io.zoetrope.events.VideoSubmitted;

/** Where the wishes of clients go. Any thread. */
public interface Publisher {
  /**
   * Returns once the submission can't be lost any more.
   *
   * @throws PublishException where it may have been
   */
  void publish(VideoSubmitted submission);

  /** As the other. */
  void publish(RunRequested run);

  /** Whether the last attempt succeeded. */
  boolean ready();
}
