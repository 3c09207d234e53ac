package io.zoetrope.cli.app;

import io.zoetrope.cli.error.UserError;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;

/** What Zoetrope needs of a Kafka cluster, looked at before anything is started on it. */
final class ClusterCheck {
  private static final String FEATURE = "transaction.version";
  private static final short NEEDED = 2;

  private ClusterCheck() {}

  /**
   * Whether the cluster answers and its transactions are safe against late requests (KIP-890).
   *
   * @throws UserError {@code BROKER_UNREACHABLE}, {@code BROKER_TOO_OLD}
   */
  static void requireTransactions(Admin admin, String servers) {
    try {
      Map<String, FinalizedVersionRange> features =
          admin.describeFeatures().featureMetadata().get().finalizedFeatures();
      FinalizedVersionRange found = features.get(FEATURE);
      if (found == null || found.maxVersionLevel() < NEEDED) {
        throw new UserError(
            "BROKER_TOO_OLD",
            "the Kafka cluster at "
                + servers
                + " has "
                + FEATURE
                + "="
                + (found == null ? 0 : found.maxVersionLevel())
                + "; use Kafka 4.0 or later, or raise it with kafka-features.sh upgrade --feature "
                + FEATURE
                + "="
                + NEEDED);
      }
    } catch (ExecutionException e) {
      throw new UserError(
          "BROKER_UNREACHABLE",
          "no Kafka cluster answers at "
              + servers
              + " ("
              + e.getCause().getMessage()
              + "); check --bootstrap-servers",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("INTERRUPTED", "interrupted while asking the Kafka cluster", e);
    }
  }
}
