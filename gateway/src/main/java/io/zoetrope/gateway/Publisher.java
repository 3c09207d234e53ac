package io.zoetrope.gateway;

import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.VideoSubmitted;
import java.util.List;

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

  /**
   * As the other. That an earlier attempt failed, or was of an earlier revision of the run, doesn't
   * count any more once this is read.
   */
  void publish(RenderRequested render);

  /**
   * The annotated video isn't wanted any more, and nothing is known of its segments: as the other.
   *
   * @param sequences of the segments that are there
   */
  void withdraw(String videoId, String renderId, List<Integer> sequences);

  /** Whether the last attempt succeeded. */
  boolean ready();
}
