package io.zoetrope.cli.cluster;

import io.zoetrope.cli.error.UserError;
import io.zoetrope.schemas.DeclaredTopic;
import io.zoetrope.schemas.TopicAudit;
import io.zoetrope.schemas.TopicDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeFeaturesOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * What Zoetrope needs of a Kafka cluster, looked at before anything is started on it. What is wrong
 * is a {@link UserError} in one sentence.
 */
public final class ClusterCheck {
  /**
   * Transactions that are safe against late requests (KIP-890), and the group protocol of KIP-848.
   */
  private static final Map<String, Integer> FEATURES =
      Map.of("transaction.version", 2, "group.version", 1);

  /** A cluster that is there answers sooner, unless it is just being started. */
  private static final int PATIENCE_MILLIS = 20_000;

  private final Admin admin;
  private final String servers;

  /** Over a client that stays the caller's. */
  public ClusterCheck(Admin admin, String servers) {
    this.admin = admin;
    this.servers = servers;
  }

  /**
   * Whether the cluster answers, and is of a version that will do.
   *
   * @throws UserError {@code BROKER_UNREACHABLE}, {@code BROKER_TOO_OLD}
   */
  public void requireFeatures() {
    Map<String, FinalizedVersionRange> found =
        ask(
            () ->
                admin
                    .describeFeatures(new DescribeFeaturesOptions().timeoutMs(PATIENCE_MILLIS))
                    .featureMetadata()
                    .get()
                    .finalizedFeatures());
    FEATURES.forEach(
        (feature, needed) -> {
          FinalizedVersionRange range = found.get(feature);
          int level = range == null ? 0 : range.maxVersionLevel();
          if (level < needed) {
            throw new UserError(
                "BROKER_TOO_OLD",
                "the Kafka cluster at %s has %s=%d; use Kafka 4.0 or later, or raise it with kafka-features.sh upgrade --feature %s=%d"
                    .formatted(servers, feature, level, feature, needed));
          }
        });
  }

  /**
   * Whether the topics are there as they are declared, and this user may do with them what it has
   * to.
   *
   * @param instance of whoever uses them: its transactions are named after the groups that it joins
   * @throws UserError {@code TOPICS_MISSING}, {@code TOPIC_MISMATCH}, {@code NOT_AUTHORISED}
   */
  public void require(ClusterUse use, String instance) {
    List<TopicDifference> broken =
        TopicAudit.of(admin, use.topics(), Optional.empty()).stream()
            .filter(TopicDifference::breaks)
            .toList();
    List<String> missing =
        broken.stream().filter(TopicDifference::isMissing).map(TopicDifference::topic).toList();
    if (!missing.isEmpty()) {
      throw new UserError(
          "TOPICS_MISSING",
          "the Kafka cluster at %s has no %s; make what is missing with `zoetrope topics create --bootstrap-servers %s`"
              .formatted(servers, String.join(", ", missing), servers));
    }
    if (!broken.isEmpty()) {
      throw unusable(broken.get(0));
    }
    requireAuthorisation(use, instance);
  }

  private UserError unusable(TopicDifference difference) {
    return difference.isHidden()
        ? new UserError(
            "NOT_AUTHORISED",
            "%s on the Kafka cluster at %s; allow it with kafka-acls.sh"
                .formatted(difference.sentence(), servers))
        : new UserError(
            "TOPIC_MISMATCH",
            "%s; `zoetrope topics check --bootstrap-servers %s` lists all that differs"
                .formatted(difference.sentence(), servers));
  }

  private void requireAuthorisation(ClusterUse use, String instance) {
    Map<String, TopicDescription> topics =
        ask(
            () ->
                admin
                    .describeTopics(
                        use.topics().stream().map(DeclaredTopic::name).toList(),
                        new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .allTopicNames()
                    .get());
    List<String> forbidden = new ArrayList<>();
    forbidden.addAll(forbidden("read", AclOperation.READ, use.reads(), topics));
    forbidden.addAll(forbidden("write", AclOperation.WRITE, use.writes(), topics));
    for (String group : use.groups()) {
      List<String> transactions = List.of(group + "-" + instance);
      if (isForbidden(() -> admin.describeConsumerGroups(List.of(group)).all().get())) {
        forbidden.add("join the group " + group);
      }
      if (isForbidden(() -> admin.describeTransactions(transactions).all().get())) {
        forbidden.add("write with the transactional id " + transactions.get(0));
      }
    }
    if (!forbidden.isEmpty()) {
      throw new UserError(
          "NOT_AUTHORISED",
          "this user may not %s on the Kafka cluster at %s; allow it with kafka-acls.sh"
              .formatted(String.join(", ", forbidden), servers));
    }
  }

  private static List<String> forbidden(
      String verb,
      AclOperation operation,
      List<DeclaredTopic> wanted,
      Map<String, TopicDescription> found) {
    return wanted.stream()
        .map(DeclaredTopic::name)
        .filter(
            topic -> {
              // None is told where the broker has nobody who would forbid anything.
              Set<AclOperation> allowed = found.get(topic).authorizedOperations();
              return allowed != null && !allowed.contains(operation);
            })
        .map(topic -> verb + " " + topic)
        .collect(Collectors.toList());
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  /** Who may use something may describe it, and the other way round as good as always. */
  private static boolean isForbidden(Question<?> description) {
    try {
      description.ask();
      return false;
    } catch (ExecutionException e) {
      // What isn't there yet can't be described either.
      return e.getCause() instanceof AuthorizationException;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private <T> T ask(Question<T> question) {
    try {
      return question.ask();
    } catch (ExecutionException e) {
      throw new UserError(
          "BROKER_UNREACHABLE",
          "no Kafka cluster answers at %s (%s); check --bootstrap-servers"
              .formatted(servers, reason(e.getCause())),
          e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static String reason(Throwable cause) {
    return cause instanceof TimeoutException ? "timed out" : cause.getMessage();
  }

  private static UserError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new UserError("INTERRUPTED", "interrupted while asking the Kafka cluster", e);
  }
}
