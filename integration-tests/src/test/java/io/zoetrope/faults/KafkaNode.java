package io.zoetrope.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.common.TransactionVersion;

/**
 * One broker of a cluster, controller at once, in a process of its own: Kafka as it comes, with the
 * time-outs that the operations page asks for.
 */
public final class KafkaNode implements AutoCloseable {
  private static final int HEAP_MEGABYTES = 384;
  private static final int RECORD_BYTES = 16 << 20;

  private final int id;
  private final Path folder;
  private final Path configuration;
  private final int port;
  private ChildProcess process;

  private KafkaNode(int id, Path folder, Path configuration, int port) {
    this.id = id;
    this.folder = folder;
    this.configuration = configuration;
    this.port = port;
  }

  /**
   * Lays a node out, and doesn't start it.
   *
   * @param id from 1 on
   * @param ports of all brokers, then of all controllers
   */
  static KafkaNode layOut(Path folder, String clusterId, int id, Ports ports) throws Exception {
    return layOut(folder, clusterId, id, ports, settings -> {});
  }

  /** Lays out a cluster of one, with its settings changed, and doesn't start it. */
  public static KafkaNode alone(Path folder, Consumer<Properties> change) throws Exception {
    return layOut(folder, Uuid.randomUuid().toString(), 1, Ports.free(1), change);
  }

  private static KafkaNode layOut(
      Path folder, String clusterId, int id, Ports ports, Consumer<Properties> change)
      throws Exception {
    Path log = folder.resolve("broker-" + id);
    Files.createDirectories(log);
    Properties settings = settings(log, id, ports);
    change.accept(settings);
    Path configuration = folder.resolve("broker-" + id + ".properties");
    try (Writer writer = Files.newBufferedWriter(configuration)) {
      settings.store(writer, null);
    }
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setNodeId(id)
        .setClusterId(clusterId)
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .setFeatureLevel(TransactionVersion.FEATURE_NAME, TransactionVersion.TV_2.featureLevel())
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(log.toString())
        .setDirectories(List.of(log.toString()))
        .run();
    return new KafkaNode(id, folder, configuration, ports.broker(id));
  }

  /** Where the nodes of a cluster listen, on 127.0.0.1. */
  record Ports(List<Integer> brokers, List<Integer> controllers) {
    static Ports free(int nodes) throws IOException {
      List<Integer> all = FreePorts.of(2 * nodes);
      return new Ports(all.subList(0, nodes), all.subList(nodes, 2 * nodes));
    }

    int broker(int id) {
      return brokers.get(id - 1);
    }
  }

  private static Properties settings(Path log, int id, Ports ports) {
    int nodes = ports.brokers().size();
    StringBuilder voters = new StringBuilder();
    for (int node = 1; node <= nodes; node++) {
      voters.append(node == 1 ? "" : ",");
      voters.append(node).append("@127.0.0.1:").append(ports.controllers().get(node - 1));
    }
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "process.roles",
            "broker,controller",
            "node.id",
            Integer.toString(id),
            "controller.quorum.voters",
            voters.toString(),
            "listeners",
            "BROKER://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                .formatted(ports.broker(id), ports.controllers().get(id - 1)),
            "advertised.listeners",
            "BROKER://127.0.0.1:" + ports.broker(id),
            "listener.security.protocol.map",
            "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name",
            "BROKER",
            "controller.listener.names",
            "CONTROLLER",
            "log.dirs",
            log.toString(),
            "auto.create.topics.enable",
            "false"));
    String replicas = Integer.toString(nodes);
    String inSync = Integer.toString(nodes == 1 ? 1 : nodes - 1);
    settings.putAll(
        Map.of(
            "default.replication.factor", replicas,
            "min.insync.replicas", inSync,
            "offsets.topic.replication.factor", replicas,
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.replication.factor", replicas,
            "transaction.state.log.num.partitions", "4",
            "transaction.state.log.min.isr", inSync,
            "share.coordinator.state.topic.replication.factor", replicas,
            "share.coordinator.state.topic.min.isr", inSync));
    settings.putAll(
        Map.of(
            "message.max.bytes", Integer.toString(RECORD_BYTES),
            "replica.fetch.max.bytes", Integer.toString(RECORD_BYTES),
            "group.initial.rebalance.delay.ms", "0",
            "group.min.session.timeout.ms", "3000",
            "group.consumer.min.session.timeout.ms", "3000",
            "group.consumer.session.timeout.ms", "6000",
            "group.consumer.min.heartbeat.interval.ms", "500",
            "group.consumer.heartbeat.interval.ms", "1000",
            "log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20)));
    settings.putAll(
        Map.of(
            "num.network.threads", "2",
            "num.io.threads", "4",
            "background.threads", "2",
            "num.recovery.threads.per.data.dir", "2",
            "log.index.size.max.bytes", Integer.toString(1 << 20),
            "log.segment.bytes", Integer.toString(64 << 20)));
    return settings;
  }

  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Starts it, or starts it again on what it has in its log; what it tells has times. */
  public void start() {
    List<String> command =
        Java.command(HEAP_MEGABYTES, "kafka.Kafka", List.of(configuration.toString()));
    command.add(1, "-Dlogback.configurationFile=" + logging());
    process = ChildProcess.start("broker-" + id, folder, command, Map.of());
  }

  private static Path logging() {
    try {
      return Path.of(KafkaNode.class.getResource("/broker-logging.xml").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  void kill() {
    process.kill();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
