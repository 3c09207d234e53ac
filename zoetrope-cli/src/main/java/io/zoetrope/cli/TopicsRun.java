package io.zoetrope.cli;

import io.zoetrope.cli.cluster.ClusterAddress;
import io.zoetrope.cli.cluster.ClusterCheck;
import io.zoetrope.cli.cluster.GroupTimeouts;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.cli.report.TopicTable;
import io.zoetrope.schemas.DeclaredTopic;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.Groups;
import io.zoetrope.schemas.TopicAudit;
import io.zoetrope.schemas.TopicCreation;
import io.zoetrope.schemas.TopicDifference;
import io.zoetrope.schemas.Topics;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/**
 * What {@code topics create} and {@code topics check} have in common: a cluster, and a report on
 * it.
 */
final class TopicsRun {
  private static final List<String> GROUPS = List.of(Groups.INTAKE, Groups.SPLITTER);

  private final ClusterAddress cluster;
  private final Optional<Integer> replicas;
  private final PrintWriter out;

  TopicsRun(Configuration configuration, PrintWriter out) {
    this.cluster = ClusterAddress.ofBrokers(configuration);
    this.replicas = configuration.find(Settings.REPLICATION);
    this.out = out;
  }

  /** Makes what is missing, prints, and returns the exit status. */
  int create() {
    return onCluster(
        admin -> {
          List<String> made = TopicCreation.create(admin, Topics.all(), replicas);
          Topics.all().stream()
              .filter(topic -> made.contains(topic.name()))
              .forEach(topic -> out.println("made " + describe(topic)));
          List<String> slow = new GroupTimeouts(admin).shorten(GROUPS);
          // What was made a moment ago may not be seen by every broker yet.
          return report(admin, without(made), slow);
        });
  }

  /** Changes nothing, prints, and returns the exit status. */
  int check() {
    return onCluster(
        admin -> report(admin, Topics.all(), new GroupTimeouts(admin).tooLong(GROUPS)));
  }

  private static List<DeclaredTopic> without(List<String> made) {
    return Topics.all().stream().filter(topic -> !made.contains(topic.name())).toList();
  }

  private int report(Admin admin, List<DeclaredTopic> topics, List<String> slowGroups) {
    List<TopicDifference> differences = TopicAudit.of(admin, topics, replicas);
    out.print(TopicTable.render(differences));
    slowGroups.forEach(out::println);
    if (differences.isEmpty()) {
      out.println("All " + Topics.all().size() + " topics are as they should be.");
    }
    out.flush();
    return differences.stream().anyMatch(TopicDifference::breaks) ? ErrorMessages.FAILED : 0;
  }

  private String describe(DeclaredTopic topic) {
    return topic.name()
        + ": "
        + topic.partitions()
        + (topic.partitions() == 1 ? " partition" : " partitions")
        + replicas.map(count -> ", " + count + (count == 1 ? " replica" : " replicas")).orElse("");
  }

  @FunctionalInterface
  private interface Task {
    int on(Admin admin);
  }

  private int onCluster(Task task) {
    try (Admin admin = cluster.admin()) {
      new ClusterCheck(admin, cluster.servers()).requireFeatures();
      return task.on(admin);
    } catch (EventException e) {
      throw new UserError(e.code(), e.getMessage(), e);
    }
  }
}
