package io.zoetrope.cli.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Kafka's own settings for a combined broker and controller that is alone in its cluster. */
final class BrokerConfiguration {
  static final int NODE_ID = 1;
  static final String BROKER_LISTENER = "BROKER";
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final int MIB = 1024 * 1024;

  private BrokerConfiguration() {}

  static Map<String, Object> of(BrokerIdentity identity, Path logFolder) {
    Map<String, Object> settings = new HashMap<>();
    String broker = BROKER_LISTENER + "://127.0.0.1:" + identity.brokerPort();
    String controller = "127.0.0.1:" + identity.controllerPort();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", NODE_ID);
    settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
    settings.put("listeners", broker + "," + CONTROLLER_LISTENER + "://" + controller);
    settings.put("advertised.listeners", broker);
    settings.put(
        "listener.security.protocol.map",
        BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    settings.put("inter.broker.listener.name", BROKER_LISTENER);
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put("log.dirs", logFolder.toString());
    settings.put("auto.create.topics.enable", false);

    for (String topic : new String[] {"offsets.topic", "transaction.state.log"}) {
      settings.put(topic + ".replication.factor", 1);
      settings.put(topic + ".num.partitions", 8);
      settings.put(topic + ".segment.bytes", 32 * MIB);
    }
    settings.put("transaction.state.log.min.isr", 1);
    settings.put("share.coordinator.state.topic.replication.factor", 1);
    settings.put("share.coordinator.state.topic.min.isr", 1);

    // Twice a second it would write that there is nothing to write, for the others of its cluster.
    settings.put("metadata.max.idle.interval.ms", 0);

    settings.put("message.max.bytes", 16 * MIB);
    settings.put("replica.fetch.max.bytes", 16 * MIB);

    // A process that dies is noticed after 6 seconds, not after the broker's usual 45.
    settings.put("group.min.session.timeout.ms", 3_000);
    for (String protocol : new String[] {"group.consumer", "group.streams"}) {
      settings.put(protocol + ".min.session.timeout.ms", 3_000);
      settings.put(protocol + ".session.timeout.ms", 6_000);
      settings.put(protocol + ".min.heartbeat.interval.ms", 500);
      settings.put(protocol + ".heartbeat.interval.ms", 1_000);
    }
    settings.put("group.initial.rebalance.delay.ms", 0);
    settings.put("group.streams.initial.rebalance.delay.ms", 0);

    // Sized for one process on one machine: the cleaner's map alone would take 128 MiB of heap. A
    // map has to hold the keys of a whole segment, hence the smaller segments.
    settings.put("log.cleaner.dedupe.buffer.size", 16 * MIB);
    settings.put("log.segment.bytes", 256 * MIB);
    settings.put("log.index.size.max.bytes", MIB);
    settings.put("num.network.threads", 2);
    settings.put("num.io.threads", 2);
    settings.put("group.coordinator.threads", 1);
    settings.put("background.threads", 2);
    // Kafka converts a string to whatever type a setting has; it takes no int for a short.
    settings.replaceAll((key, value) -> value.toString());
    return settings;
  }
}
