package io.zoetrope.cli.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees consumer groups from members that hold their partitions and never give them up. A broker
 * drops a member that is silent, unless it has lost count of the time: Kafka 4.3's coordinator can,
 * where every broker was down and the group moved from one to another while it was being loaded.
 * The members of that time then stay for ever, and those that took their place get nothing. All
 * members are made to join again; the dead ones don't.
 *
 * <p>It looks, on a thread of its own, from {@link #start} to {@link #close}.
 */
public final class GroupWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupWatch.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  /** In which every live member gives up what it is to give up: several sessions. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Admin admin;
  private final Map<String, Laggards> groups = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "zoetrope-group-watch");
            thread.setDaemon(true);
            return thread;
          });

  private GroupWatch(Admin admin, Collection<String> groups, Duration patience) {
    this.admin = admin;
    groups.forEach(group -> this.groups.put(group, new Laggards(patience)));
  }

  /**
   * Watches the groups that this process is a member of.
   *
   * @param admin closed with the watch
   */
  public static GroupWatch start(Admin admin, Collection<String> groups) {
    return start(admin, groups, BETWEEN_LOOKS, PATIENCE);
  }

  /** As often, and as patiently, as the caller has it. */
  @SuppressWarnings("FutureReturnValueIgnored") // A look doesn't throw.
  public static GroupWatch start(
      Admin admin, Collection<String> groups, Duration betweenLooks, Duration patience) {
    GroupWatch watch = new GroupWatch(admin, groups, patience);
    if (!groups.isEmpty()) {
      watch.timer.scheduleWithFixedDelay(
          watch::look, betweenLooks.toMillis(), betweenLooks.toMillis(), TimeUnit.MILLISECONDS);
    }
    return watch;
  }

  private void look() {
    groups.forEach(this::look);
  }

  private void look(String group, Laggards laggards) {
    try {
      ConsumerGroupDescription found =
          admin.describeConsumerGroups(List.of(group)).all().get().get(group);
      Set<String> overdue =
          laggards.overdue(
              found.groupEpoch().orElse(0),
              found.members().stream()
                  .filter(member -> member.memberEpoch().isPresent())
                  .collect(
                      Collectors.toMap(
                          MemberDescription::consumerId, member -> member.memberEpoch().get())),
              System.nanoTime());
      if (!overdue.isEmpty()) {
        free(group, overdue);
      }
    } catch (ExecutionException | RuntimeException e) {
      // The brokers are away, the group is empty, or it may not be seen.
      LOG.debug("Can't look at the group {}", group, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void free(String group, Set<String> overdue) throws InterruptedException {
    LOG.warn(
        "The group {} waits for members that don't give up their partitions, {}; all are made to join again",
        group,
        overdue);
    RemoveMembersFromConsumerGroupOptions everybody = new RemoveMembersFromConsumerGroupOptions();
    everybody.reason("held up by " + overdue);
    try {
      admin.removeMembersFromConsumerGroup(group, everybody).all().get();
    } catch (ExecutionException e) {
      LOG.warn("The members of the group {} can't be removed", group, e.getCause());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    admin.close(Duration.ofSeconds(1));
  }
}
