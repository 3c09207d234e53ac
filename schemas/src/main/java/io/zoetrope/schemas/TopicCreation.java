package io.zoetrope.schemas;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that are missing and verifies the others. */
public final class TopicCreation {
  private TopicCreation() {}

  /**
   * Every one of {@code topics} exists afterwards, with the partitions that it is declared with.
   *
   * @throws EventException {@code TOPIC_MISMATCH} where one exists with another number of
   *     partitions; {@code BROKER_UNREACHABLE} where the cluster doesn't answer or refuses
   */
  public static void ensure(Admin admin, Collection<DeclaredTopic> topics) {
    try {
      Set<String> existing = admin.listTopics().names().get();
      List<NewTopic> missing = new ArrayList<>();
      List<String> present = new ArrayList<>();
      for (DeclaredTopic topic : topics) {
        if (existing.contains(topic.name())) {
          present.add(topic.name());
        } else {
          missing.add(
              new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                  .configs(topic.config()));
        }
      }
      create(admin, missing);
      Map<String, TopicDescription> found = admin.describeTopics(present).allTopicNames().get();
      for (DeclaredTopic topic : topics) {
        TopicDescription description = found.get(topic.name());
        if (description != null && description.partitions().size() != topic.partitions()) {
          throw new EventException(
              "TOPIC_MISMATCH",
              "topic %s has %d partitions and must have %d: the place of every key depends on it"
                  .formatted(topic.name(), description.partitions().size(), topic.partitions()));
        }
      }
    } catch (ExecutionException e) {
      throw new EventException(
          "BROKER_UNREACHABLE", "the Kafka cluster refused: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EventException("BROKER_UNREACHABLE", "interrupted while creating topics", e);
    }
  }

  private static void create(Admin admin, List<NewTopic> missing)
      throws ExecutionException, InterruptedException {
    try {
      admin.createTopics(missing).all().get();
    } catch (ExecutionException e) {
      // Another process may have been quicker; what it made is verified at the next start.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
