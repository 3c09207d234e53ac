package io.zoetrope.cli.broker;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/**
 * What an embedded broker has to be again after a restart, kept in {@code node.properties} beside
 * its log. A port of 0 is one that hasn't been chosen yet.
 */
record BrokerIdentity(String clusterId, int brokerPort, int controllerPort) {
  private static final String FILE = "node.properties";

  static BrokerIdentity readOrCreate(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return new BrokerIdentity(Uuid.randomUuid().toString(), 0, 0);
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return new BrokerIdentity(
        properties.getProperty("cluster.id"),
        Integer.parseInt(properties.getProperty("broker.port")),
        Integer.parseInt(properties.getProperty("controller.port")));
  }

  void write(Path folder) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("cluster.id", clusterId);
    properties.setProperty("broker.port", Integer.toString(brokerPort));
    properties.setProperty("controller.port", Integer.toString(controllerPort));
    Path temporary = folder.resolve(FILE + ".new");
    try (Writer writer = Files.newBufferedWriter(temporary)) {
      properties.store(writer, "The identity of the embedded broker whose log lies beside it.");
    }
    Files.move(
        temporary,
        folder.resolve(FILE),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }
}
