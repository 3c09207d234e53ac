package io.zoetrope.topology;

import io.zoetrope.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What the topology is run with.
 *
 * @param applicationId group, and prefix of the changelog topics: another one is another set of
 *     stores, rebuilt from the log
 * @param stateDir where the stores lie; never a temporary folder
 * @param threads that share the partitions
 * @param commitInterval how long a transaction stays open, and so how late a run's end is seen
 * @param deadLetterTopic where records go that can't be read or contradict themselves
 * @param kafka passed through to Kafka, {@code bootstrap.servers} among them; stands above the rest
 */
public record TopologySettings(
    String applicationId,
    Path stateDir,
    int threads,
    Duration commitInterval,
    String deadLetterTopic,
    Map<String, Object> kafka) {

  /** The application id of an installation that needs no other. */
  public static final String DEFAULT_APPLICATION_ID = "zoetrope-topology";

  private static final Duration DEFAULT_COMMIT_INTERVAL = Duration.ofSeconds(1);

  public TopologySettings {
    kafka = Map.copyOf(kafka);
  }

  /** One thread, commits every second, and the dead-letter topic that is declared. */
  public static TopologySettings of(Path stateDir, Map<String, Object> kafka) {
    return new TopologySettings(
        DEFAULT_APPLICATION_ID,
        stateDir,
        1,
        DEFAULT_COMMIT_INTERVAL,
        Topics.TOPOLOGY_DEAD_LETTER.name(),
        kafka);
  }
}
