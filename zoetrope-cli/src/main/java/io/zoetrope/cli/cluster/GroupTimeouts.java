package io.zoetrope.cli.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/**
 * How soon it is noticed that a member of a consumer group died. The brokers decide, group by
 * group, and don't go below a bound of theirs.
 */
public final class GroupTimeouts {
  private static final Duration SESSION = Duration.ofSeconds(6);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final String SESSION_KEY = "consumer.session.timeout.ms";
  private static final String HEARTBEAT_KEY = "consumer.heartbeat.interval.ms";
  private static final String LEAST_SESSION_KEY = "group.consumer.min.session.timeout.ms";
  private static final String LEAST_HEARTBEAT_KEY = "group.consumer.min.heartbeat.interval.ms";

  private final Admin admin;

  /** Over a client that stays the caller's. */
  public GroupTimeouts(Admin admin) {
    this.admin = admin;
  }

  /**
   * Sets the time-outs of the groups as short as they are to be, where the brokers allow it; and
   * says in sentences what holds where they don't.
   */
  public List<String> shorten(Collection<String> groups) {
    return groups.stream().flatMap(group -> shorten(group).stream()).toList();
  }

  /**
   * Changes nothing; says in sentences which groups have longer time-outs than they are to have.
   */
  public List<String> tooLong(Collection<String> groups) {
    return groups.stream()
        .flatMap(
            group ->
                session(group)
                    .filter(found -> found.compareTo(SESSION) > 0)
                    .map(found -> sentence(group, found, "`zoetrope topics create` sets it"))
                    .stream())
        .toList();
  }

  private Optional<String> shorten(String group) {
    Optional<Duration> found = session(group);
    if (found.isEmpty() || found.get().compareTo(SESSION) <= 0) {
      return Optional.empty();
    }
    Duration least = leastOf(LEAST_SESSION_KEY).orElse(Duration.ZERO);
    if (least.compareTo(found.get()) >= 0) {
      return Optional.of(
          sentence(group, found.get(), "the brokers allow no less, " + LEAST_SESSION_KEY));
    }
    Duration heartbeat = longer(HEARTBEAT, leastOf(LEAST_HEARTBEAT_KEY).orElse(HEARTBEAT));
    try {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  resource(group),
                  List.of(set(SESSION_KEY, longer(SESSION, least)), set(HEARTBEAT_KEY, heartbeat))))
          .all()
          .get();
    } catch (ExecutionException e) {
      return Optional.of(sentence(group, found.get(), e.getCause().getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    return least.compareTo(SESSION) <= 0
        ? Optional.empty()
        : Optional.of(sentence(group, least, "the brokers allow no less, " + LEAST_SESSION_KEY));
  }

  private static String sentence(String group, Duration session, String why) {
    return "a process of the group %s that dies is noticed after %d s rather than %d (%s)"
        .formatted(group, session.toSeconds(), SESSION.toSeconds(), why);
  }

  /** Empty where it may not be seen. */
  private Optional<Duration> session(String group) {
    return value(resource(group), SESSION_KEY);
  }

  private Optional<Duration> leastOf(String brokerKey) {
    try {
      Node any = admin.describeCluster().nodes().get().iterator().next();
      return value(new ConfigResource(ConfigResource.Type.BROKER, any.idString()), brokerKey);
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Optional<Duration> value(ConfigResource resource, String key) {
    try {
      Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      return Optional.ofNullable(config.get(key))
          .map(ConfigEntry::value)
          .map(millis -> Duration.ofMillis(Long.parseLong(millis)));
    } catch (ExecutionException notToBeSeen) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static ConfigResource resource(String group) {
    return new ConfigResource(ConfigResource.Type.GROUP, group);
  }

  private static AlterConfigOp set(String key, Duration value) {
    return new AlterConfigOp(
        new ConfigEntry(key, Long.toString(value.toMillis())), AlterConfigOp.OpType.SET);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
