package io.zoetrope.integration;

import io.zoetrope.faults.KafkaNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;

/**
 * A cluster of one broker that has two doors: one for whoever may do everything, and one where
 * users say who they are (SASL/PLAIN) and may do what they were allowed to.
 */
final class GuardedCluster implements AutoCloseable {
  private static final String LISTENER = "GUARDED";
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required ";

  private final KafkaNode node;
  private final int port;

  private GuardedCluster(KafkaNode node, int port) {
    this.node = node;
    this.port = port;
  }

  /**
   * Starts it, and waits until it answers.
   *
   * @param users whose passwords are their names
   */
  static GuardedCluster start(Path folder, List<String> users) throws Exception {
    int port = Service.freePort();
    GuardedCluster cluster =
        new GuardedCluster(KafkaNode.alone(folder, settings -> guard(settings, port, users)), port);
    cluster.node.start();
    Awaitility.await()
        .ignoreExceptionsInstanceOf(ExecutionException.class)
        .until(
            () -> {
              try (Admin admin = cluster.admin()) {
                return admin.describeCluster().nodes().get().size() == 1;
              }
            });
    return cluster;
  }

  private static void guard(Properties settings, int port, List<String> users) {
    String guarded = "," + LISTENER + "://127.0.0.1:" + port;
    settings.merge("listeners", guarded, (own, more) -> own + "" + more);
    settings.merge("advertised.listeners", guarded, (own, more) -> own + "" + more);
    settings.merge(
        "listener.security.protocol.map",
        "," + LISTENER + ":SASL_PLAINTEXT",
        (own, more) -> own + "" + more);
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put(
        "listener.name.%s.plain.sasl.jaas.config".formatted(LISTENER.toLowerCase(Locale.ROOT)),
        LOGIN
            + users.stream()
                .map("user_%1$s=\"%1$s\""::formatted)
                .collect(Collectors.joining(" ", "", ";")));
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:ANONYMOUS");
  }

  /** For whoever may do everything. */
  String openAddress() {
    return node.address();
  }

  /** For users. */
  String guardedAddress() {
    return "127.0.0.1:" + port;
  }

  /** How a user's processes are told who they are. */
  static Map<String, String> environment(String user) {
    return Map.of(
        "ZOETROPE_KAFKA_SECURITY_PROTOCOL",
        "SASL_PLAINTEXT",
        "ZOETROPE_KAFKA_SASL_MECHANISM",
        "PLAIN",
        "ZOETROPE_KAFKA_SASL_JAAS_CONFIG",
        LOGIN + "username=\"%1$s\" password=\"%1$s\";".formatted(user));
  }

  /** That may do everything; the caller closes it. */
  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", openAddress()));
  }

  /** Allows {@code user} to do something with what has, or begins with, a name. */
  void allow(
      String user, ResourceType type, String name, PatternType pattern, AclOperation... operations)
      throws ExecutionException, InterruptedException {
    List<AclBinding> allowed =
        Stream.of(operations)
            .map(
                operation ->
                    new AclBinding(
                        new ResourcePattern(type, name, pattern),
                        new AccessControlEntry(
                            "User:" + user, "*", operation, AclPermissionType.ALLOW)))
            .toList();
    try (Admin admin = admin()) {
      admin.createAcls(allowed).all().get();
      // The controller has answered; the broker hears of it a little later.
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> admin.describeAcls(AclBindingFilter.ANY).values().get().containsAll(allowed));
    }
  }

  @Override
  public void close() throws IOException {
    node.close();
  }
}
