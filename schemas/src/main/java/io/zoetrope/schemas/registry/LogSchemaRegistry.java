package io.zoetrope.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zoetrope.schemas.EventException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The registry of an installation that has no other: a {@link SchemaCatalogue} kept in a compacted
 * topic, so that ids survive restarts. One process writes it at a time. Any thread.
 */
public final class LogSchemaRegistry implements SchemaRegistry, AutoCloseable {
  /**
   * Where the schemas are kept: one partition, a JSON document for each version of each subject.
   */
  public static final String TOPIC = "zoetrope.schemas.v1";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofMillis(200);

  private final SchemaCatalogue catalogue = new SchemaCatalogue();
  private final KafkaProducer<String, String> producer;

  private record Entry(String subject, int version, int id, String schema) {}

  private LogSchemaRegistry(KafkaProducer<String, String> producer) {
    this.producer = producer;
  }

  /**
   * Reads all that is registered; makes the topic where there is none.
   *
   * @param kafka client settings, {@code bootstrap.servers} among them
   * @throws EventException {@code SCHEMA_REGISTRY_UNREACHABLE}
   */
  public static LogSchemaRegistry open(Map<String, Object> kafka) {
    boolean fresh = createTopic(kafka);
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    LogSchemaRegistry registry =
        new LogSchemaRegistry(
            new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer()));
    if (!fresh) {
      registry.load(kafka);
    }
    return registry;
  }

  @Override
  public int register(String subject, Schema schema) {
    return catalogue.register(subject, schema, this::append).id();
  }

  @Override
  public Schema byId(int id) {
    return catalogue.byId(id);
  }

  /** Every subject, in alphabetical order. */
  public List<String> subjects() {
    return catalogue.subjects();
  }

  /** The versions of a subject, oldest first; none where the subject is unknown. */
  public List<RegisteredSchema> versions(String subject) {
    return catalogue.versions(subject);
  }

  /** The version of {@code subject} that is this very schema. */
  public Optional<RegisteredSchema> find(String subject, Schema schema) {
    return catalogue.find(subject, schema);
  }

  /** As {@link #register}, telling the version too. */
  public RegisteredSchema registerVersion(String subject, Schema schema) {
    return catalogue.register(subject, schema, this::append);
  }

  @Override
  public void close() {
    producer.close();
  }

  private void load(Map<String, Object> kafka) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    TopicPartition log = new TopicPartition(TOPIC, 0);
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(log));
      consumer.seekToBeginning(List.of(log));
      long end = consumer.endOffsets(List.of(log)).get(log);
      while (consumer.position(log) < end) {
        for (ConsumerRecord<String, String> stored : consumer.poll(POLL)) {
          catalogue.add(parse(stored.value()));
        }
      }
    }
  }

  private void append(RegisteredSchema added) {
    try {
      String entry =
          JSON.writeValueAsString(
              new Entry(added.subject(), added.version(), added.id(), added.schema().toString()));
      producer
          .send(new ProducerRecord<>(TOPIC, added.subject() + "/" + added.version(), entry))
          .get();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw unreachable(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(e);
    }
  }

  private static RegisteredSchema parse(String json) {
    try {
      Entry entry = JSON.readValue(json, Entry.class);
      return new RegisteredSchema(
          entry.subject(), entry.version(), entry.id(), new Schema.Parser().parse(entry.schema()));
    } catch (JsonProcessingException e) {
      throw new EventException(
          "SCHEMA_INVALID", "the topic " + TOPIC + " holds a foreign record", e);
    }
  }

  /** Whether there was none. */
  private static boolean createTopic(Map<String, Object> kafka) {
    NewTopic topic =
        new NewTopic(TOPIC, Optional.of(1), Optional.empty())
            .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    try (Admin admin = Admin.create(kafka)) {
      admin.createTopics(List.of(topic)).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw unreachable(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(e);
    }
  }

  private static EventException unreachable(Throwable cause) {
    return new EventException(
        "SCHEMA_REGISTRY_UNREACHABLE",
        "the topic %s can't be used: %s".formatted(TOPIC, cause.getMessage()),
        cause);
  }
}
