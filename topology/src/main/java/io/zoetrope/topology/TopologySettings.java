package io.zoetrope.topology;

import io.zoetrope.schemas.Topics;
import java.net.URI;
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
 * @param stallTimeout what an open run may be without a sign of life before its missing batches are
 *     asked for again; longer than any batch takes
 * @param deadLetterTopic where records go that can't be read or contradict themselves
 * @param advertised where other instances reach this one; null where it is the only one
 * @param standbys other instances that keep a copy of each partition's stores, so that they can
 *     answer for it, and take it over, at once
 * @param kafka passed through to Kafka, {@code bootstrap.servers} among them; stands above the rest
 */
public record TopologySettings(
    String applicationId,
    Path stateDir,
    int threads,
    Duration commitInterval,
    Duration stallTimeout,
    String deadLetterTopic,
    URI advertised,
    int standbys,
    Map<String, Object> kafka) {

  /** The application id of an installation that needs no other. */
  public static final String DEFAULT_APPLICATION_ID = "zoetrope-topology";

  private static final Duration DEFAULT_COMMIT_INTERVAL = Duration.ofSeconds(1);
  private static final Duration DEFAULT_STALL_TIMEOUT = Duration.ofMinutes(2);

  public TopologySettings {
    if (advertised != null) {
      requireAddress(advertised);
    }
    kafka = Map.copyOf(kafka);
  }

  /**
   * The only instance, with one thread, commits every second, a stall after two minutes, and the
   * dead-letter topic that is declared.
   */
  public static TopologySettings of(Path stateDir, Map<String, Object> kafka) {
    return new TopologySettings(
        DEFAULT_APPLICATION_ID,
        stateDir,
        1,
        DEFAULT_COMMIT_INTERVAL,
        DEFAULT_STALL_TIMEOUT,
        Topics.TOPOLOGY_DEAD_LETTER.name(),
        null,
        0,
        kafka);
  }

  /** With another time after which a run's missing batches are asked for again. */
  public TopologySettings withStallTimeout(Duration other) {
    return with(other, advertised, standbys);
  }

  /**
   * As one of several instances.
   *
   * @throws IllegalArgumentException where {@code url} is anything but http, a host and a port
   */
  public TopologySettings withAdvertised(URI url) {
    return with(stallTimeout, url, standbys);
  }

  /** With so many copies of each partition's stores, on as many other instances. */
  public TopologySettings withStandbys(int copies) {
    return with(stallTimeout, advertised, copies);
  }

  private TopologySettings with(Duration stall, URI url, int copies) {
    return new TopologySettings(
        applicationId,
        stateDir,
        threads,
        commitInterval,
        stall,
        deadLetterTopic,
        url,
        copies,
        kafka);
  }

  // The group tells its members of each other no more than a host and a port.
  private static void requireAddress(URI url) {
    boolean bare = url.getPath() == null || url.getPath().isEmpty() || url.getPath().equals("/");
    if (!"http".equals(url.getScheme())
        || url.getHost() == null
        || url.getPort() < 0
        || url.getUserInfo() != null
        || !bare) {
      throw new IllegalArgumentException(
          "other instances need http://HOST:PORT to reach this one, but %s was given"
              .formatted(url));
    }
  }
}
