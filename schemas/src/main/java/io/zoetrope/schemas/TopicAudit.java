package io.zoetrope.schemas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Compares the topics of a cluster with what they are declared to be; changes nothing. */
public final class TopicAudit {
  private final Admin admin;
  private final Optional<Integer> replicas;
  private final List<TopicDifference> differences = new ArrayList<>();

  private TopicAudit(Admin admin, Optional<Integer> replicas) {
    this.admin = admin;
    this.replicas = replicas;
  }

  /**
   * What differs, topic by topic. A configuration that the asker may not see is passed over.
   *
   * @param replicas that topics are to have; empty for however many
   * @throws EventException {@code BROKER_UNREACHABLE} where the cluster doesn't answer or refuses
   */
  public static List<TopicDifference> of(
      Admin admin, Collection<DeclaredTopic> topics, Optional<Integer> replicas) {
    TopicAudit audit = new TopicAudit(admin, replicas);
    try {
      audit.compare(topics);
      return audit.differences;
    } catch (ExecutionException e) {
      throw new EventException(
          "BROKER_UNREACHABLE",
          "the Kafka cluster doesn't tell about its topics: " + e.getCause().getMessage(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EventException("BROKER_UNREACHABLE", "interrupted while looking at topics", e);
    }
  }

  private void compare(Collection<DeclaredTopic> topics)
      throws ExecutionException, InterruptedException {
    List<String> names = topics.stream().map(DeclaredTopic::name).toList();
    Map<String, KafkaFuture<TopicDescription>> found =
        admin.describeTopics(names).topicNameValues();
    Map<String, KafkaFuture<Config>> configs = new TreeMap<>();
    admin
        .describeConfigs(names.stream().map(TopicAudit::resource).toList())
        .values()
        .forEach((resource, config) -> configs.put(resource.name(), config));
    for (DeclaredTopic topic : topics) {
      if (comparePartitions(topic, found.get(topic.name()))) {
        compareConfig(topic, configs.get(topic.name()));
      }
    }
  }

  /** Whether there is such a topic to compare further. */
  private boolean comparePartitions(DeclaredTopic topic, KafkaFuture<TopicDescription> found)
      throws ExecutionException, InterruptedException {
    try {
      comparePartitions(topic, found.get());
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        differ(topic, TopicDifference.EXISTENCE, TopicDifference.MISSING, "there", true);
      } else if (e.getCause() instanceof AuthorizationException) {
        differ(topic, TopicDifference.EXISTENCE, TopicDifference.HIDDEN, "there", true);
      } else {
        throw e;
      }
      return false;
    }
  }

  private void comparePartitions(DeclaredTopic topic, TopicDescription found) {
    int partitions = found.partitions().size();
    if (partitions != topic.partitions()) {
      differ(
          topic,
          "partitions",
          Integer.toString(partitions),
          Integer.toString(topic.partitions()),
          true);
    }
    int least = found.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(0);
    if (replicas.isPresent() && least != replicas.get()) {
      differ(topic, "replicas", Integer.toString(least), Integer.toString(replicas.get()), false);
    }
  }

  private void compareConfig(DeclaredTopic topic, KafkaFuture<Config> config)
      throws ExecutionException, InterruptedException {
    try {
      compareConfig(topic, config.get());
    } catch (ExecutionException e) {
      // Whoever works with a topic needn't be allowed to see how it is configured.
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw e;
      }
    }
  }

  private void compareConfig(DeclaredTopic topic, Config actual) {
    new TreeMap<>(TopicCreation.config(topic, replicas))
        .forEach(
            (key, declared) -> {
              ConfigEntry entry = actual.get(key);
              String found = entry == null ? "unset" : entry.value();
              switch (key) {
                case TopicConfig.CLEANUP_POLICY_CONFIG -> compareCleanup(topic, found, declared);
                case TopicConfig.MAX_MESSAGE_BYTES_CONFIG -> {
                  if (Long.parseLong(found) < Long.parseLong(declared)) {
                    differ(topic, key, found, declared, true);
                  }
                }
                default -> {
                  if (!found.equals(declared)) {
                    differ(topic, key, found, declared, false);
                  }
                }
              }
            });
  }

  /** What is deleted where it should be kept is lost; what is kept longer costs room. */
  private void compareCleanup(DeclaredTopic topic, String found, String declared) {
    Set<String> policies = policies(found);
    Set<String> wanted = policies(declared);
    if (!policies.equals(wanted)) {
      boolean loses =
          policies.contains(TopicConfig.CLEANUP_POLICY_DELETE)
              && !wanted.contains(TopicConfig.CLEANUP_POLICY_DELETE);
      differ(topic, TopicConfig.CLEANUP_POLICY_CONFIG, found, declared, loses);
    }
  }

  private void differ(
      DeclaredTopic topic, String property, String found, String declared, boolean breaks) {
    differences.add(new TopicDifference(topic.name(), property, found, declared, breaks));
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static Set<String> policies(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.toSet());
  }
}
