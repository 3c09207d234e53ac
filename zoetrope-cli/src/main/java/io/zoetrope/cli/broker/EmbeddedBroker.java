package io.zoetrope.cli.broker;

import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.cli.error.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.common.TransactionVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka cluster of one node inside this process: KRaft, broker and controller combined, on
 * 127.0.0.1. Its log, cluster id and ports stay in the data folder, so that a second start
 * continues with the same data; a port that somebody else has taken meanwhile is replaced.
 *
 * <p>What was acknowledged survives a kill of the process; it doesn't survive a power cut. Close
 * all clients before the broker. Safe to use from any thread.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final Duration SHUTDOWN = Duration.ofSeconds(10);

  private final String bootstrapServers;
  private final CompletableFuture<Throwable> fault;
  private final ControllerServer controller;
  private final BrokerServer broker;

  private EmbeddedBroker(
      String bootstrapServers,
      CompletableFuture<Throwable> fault,
      ControllerServer controller,
      BrokerServer broker) {
    this.bootstrapServers = bootstrapServers;
    this.fault = fault;
    this.controller = controller;
    this.broker = broker;
  }

  /**
   * Starts the broker on the log in {@code folder}, which is created when it isn't there, and
   * returns when it takes requests.
   *
   * @throws UserError {@code BROKER_FAILED} when it doesn't start
   */
  public static EmbeddedBroker start(DataFolder folder) {
    Path logFolder = folder.broker();
    try (LoopbackListeners listeners = new LoopbackListeners()) {
      BrokerIdentity kept = BrokerIdentity.readOrCreate(logFolder);
      BrokerIdentity identity =
          new BrokerIdentity(
              kept.clusterId(),
              listeners.bind(kept.brokerPort()),
              listeners.bind(kept.controllerPort()));
      identity.write(logFolder);
      if (!Files.exists(logFolder.resolve("meta.properties"))) {
        format(logFolder, identity);
      }
      return start(identity, logFolder, listeners);
    } catch (Exception e) {
      throw new UserError(
          "BROKER_FAILED",
          "the embedded broker could not be started on "
              + logFolder
              + " ("
              + e.getMessage()
              + "); "
              + folder.logFile()
              + " may tell more",
          e);
    }
  }

  /**
   * Where the broker of the Zoetrope that runs in a data folder is reached from this machine; empty
   * where none ever ran there.
   */
  public static Optional<String> addressOf(Path dataFolder) {
    try {
      int port = BrokerIdentity.readOrCreate(DataFolder.brokerIn(dataFolder)).brokerPort();
      return port == 0 ? Optional.empty() : Optional.of("127.0.0.1:" + port);
    } catch (IOException e) {
      throw new UserError(
          "DATA_FOLDER_UNREADABLE",
          "where the broker of %s listens can't be read (%s)".formatted(dataFolder, e),
          e);
    }
  }

  private static void format(Path logFolder, BrokerIdentity identity) throws Exception {
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setNodeId(BrokerConfiguration.NODE_ID)
        .setClusterId(identity.clusterId())
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .setFeatureLevel(TransactionVersion.FEATURE_NAME, TransactionVersion.TV_2.featureLevel())
        .setControllerListenerName(BrokerConfiguration.CONTROLLER_LISTENER)
        .setMetadataLogDirectory(logFolder.toString())
        .setDirectories(List.of(logFolder.toString()))
        .run();
  }

  private static EmbeddedBroker start(
      BrokerIdentity identity, Path logFolder, LoopbackListeners listeners) {
    CompletableFuture<Throwable> fault = new CompletableFuture<>();
    haltOnlyTheBroker(fault);
    KafkaConfig config = new KafkaConfig(BrokerConfiguration.of(identity, logFolder), false);
    var formatted = KafkaRaftServer.initializeLogDirs(config, LOG, "");
    SharedServer shared =
        new SharedServer(
            config,
            formatted._1(),
            Time.SYSTEM,
            new Metrics(),
            CompletableFuture.completedFuture(
                QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
            List.of(),
            // Kafka's own handler halts the JVM, and with it everybody else in this process.
            (name, fatal, action) ->
                (message, cause) -> {
                  LOG.error("fault in {}: {}", name, message, cause);
                  action.run();
                  RuntimeException reported = new IllegalStateException(message, cause);
                  if (fatal) {
                    fault.complete(reported);
                  }
                  return reported;
                },
            listeners);
    ControllerServer controller =
        new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2());
    BrokerServer broker = new BrokerServer(shared);
    EmbeddedBroker node =
        new EmbeddedBroker("127.0.0.1:" + identity.brokerPort(), fault, controller, broker);
    try {
      controller.startup();
      broker.startup();
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
    return node;
  }

  /** Where the disk is full, for one, Kafka would end the JVM and say nothing to its user. */
  private static void haltOnlyTheBroker(CompletableFuture<Throwable> fault) {
    Exit.setHaltProcedure(
        (status, message) -> {
          RuntimeException halted =
              new IllegalStateException(message == null ? "the broker gave up" : message);
          fault.complete(halted);
          throw halted;
        });
  }

  /** For {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Completes when the broker can't go on; it has to be closed then. */
  public CompletionStage<Throwable> fault() {
    return fault.minimalCompletionStage();
  }

  /** Stops the broker, then the controller; what was acknowledged is in the log. */
  @Override
  public void close() {
    broker.shutdown(SHUTDOWN);
    broker.awaitShutdown();
    controller.shutdown();
    controller.awaitShutdown();
  }
}
