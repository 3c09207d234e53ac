package io.zoetrope.schemas;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that are missing; those that are there stay as they are. */
public final class TopicCreation {
  /** From so many replicas on, a record counts as written only when a second one has it. */
  private static final int REPLICAS_FOR_TWO_IN_SYNC = 3;

  private TopicCreation() {}

  /**
   * Every one of {@code topics} exists afterwards, with the partitions that it is declared with.
   *
   * @param replicas of those that are made; empty for as many as the brokers choose
   * @throws EventException {@code TOPIC_MISMATCH} where one exists that can't be worked with;
   *     {@code BROKER_UNREACHABLE} where the cluster doesn't answer or refuses
   */
  public static void ensure(
      Admin admin, Collection<DeclaredTopic> topics, Optional<Integer> replicas) {
    Set<String> made = Set.copyOf(create(admin, topics, replicas));
    List<DeclaredTopic> present =
        topics.stream().filter(topic -> !made.contains(topic.name())).toList();
    // What another process made a moment ago may not be seen everywhere yet.
    TopicAudit.of(admin, present, Optional.empty()).stream()
        .filter(difference -> difference.breaks() && !difference.isMissing())
        .findFirst()
        .ifPresent(
            difference -> {
              throw new EventException("TOPIC_MISMATCH", difference.sentence());
            });
  }

  /** As the other, with as many replicas as the brokers choose. */
  public static void ensure(Admin admin, Collection<DeclaredTopic> topics) {
    ensure(admin, topics, Optional.empty());
  }

  /**
   * Makes those that are missing, and tells which they were.
   *
   * @throws EventException {@code BROKER_UNREACHABLE}
   */
  public static List<String> create(
      Admin admin, Collection<DeclaredTopic> topics, Optional<Integer> replicas) {
    try {
      Set<String> existing = admin.listTopics().names().get();
      Map<String, NewTopic> missing = new HashMap<>();
      for (DeclaredTopic topic : topics) {
        if (!existing.contains(topic.name())) {
          missing.put(topic.name(), newTopic(topic, replicas));
        }
      }
      List<String> made = new ArrayList<>();
      for (var creation : admin.createTopics(missing.values()).values().entrySet()) {
        if (isMade(creation.getValue()::get)) {
          made.add(creation.getKey());
        }
      }
      return made.stream().sorted().toList();
    } catch (ExecutionException e) {
      throw new EventException(
          "BROKER_UNREACHABLE", "the Kafka cluster refused: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EventException("BROKER_UNREACHABLE", "interrupted while creating topics", e);
    }
  }

  @FunctionalInterface
  private interface Outcome {
    Object get() throws ExecutionException, InterruptedException;
  }

  /** False where another process was quicker. */
  private static boolean isMade(Outcome outcome) throws ExecutionException, InterruptedException {
    try {
      outcome.get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw e;
    }
  }

  private static NewTopic newTopic(DeclaredTopic topic, Optional<Integer> replicas) {
    return new NewTopic(
            topic.name(), Optional.of(topic.partitions()), replicas.map(Integer::shortValue))
        .configs(config(topic, replicas));
  }

  /** What the configuration of a topic is to be with so many replicas. */
  static Map<String, String> config(DeclaredTopic topic, Optional<Integer> replicas) {
    Map<String, String> config = new HashMap<>(topic.config());
    if (replicas.isPresent() && replicas.get() >= REPLICAS_FOR_TWO_IN_SYNC) {
      config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
    }
    return config;
  }
}
