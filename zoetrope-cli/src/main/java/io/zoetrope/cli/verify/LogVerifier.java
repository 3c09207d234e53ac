package io.zoetrope.cli.verify;

import io.zoetrope.cli.client.ZoetropeClient;
import io.zoetrope.cli.cluster.ClusterAddress;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.schemas.DeclaredTopic;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.topology.StoreRebuild;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Rebuilds every store from the topics' beginning, and compares it with the live ones, or tells
 * what is in it. One thread.
 */
public final class LogVerifier {
  /** What the stores are made from. */
  public static final List<DeclaredTopic> TOPICS =
      List.of(
          Topics.SUBMISSIONS,
          Topics.RUNS,
          Topics.SPLITS,
          Topics.DETECTIONS,
          Topics.RENDERS,
          Topics.RENDER_EVENTS);

  private static final int PAUSE_MILLIS = 500;
  private static final int PAGE = 1_000;

  private final ClusterAddress cluster;
  private final Optional<URI> server;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * Reads nothing yet.
   *
   * @param server whose stores are verified; empty to tell only what the log holds
   * @param err for what goes on meanwhile
   */
  public LogVerifier(
      ClusterAddress cluster, Optional<URI> server, PrintWriter out, PrintWriter err) {
    this.cluster = cluster;
    this.server = server;
    this.out = out;
    this.err = err;
  }

  /**
   * Whether the stores hold what the log tells.
   *
   * @param folder an empty one for the rebuilt stores
   * @throws UserError {@code STORES_NOT_READY}
   */
  public boolean verify(Path folder) {
    Instant start = Instant.now();
    EventSerdes serdes = cluster.serdes();
    err.println("Rebuilding the stores from the log ...");
    try (StoreRebuild rebuild = StoreRebuild.start(cluster.clients(), serdes, folder)) {
      while (!rebuild.caughtUp()) {
        pause();
      }
      err.println(
          "Rebuilt them in %d s.".formatted(Duration.between(start, Instant.now()).toSeconds()));
      RunSource.Local rebuilt = new RunSource.Local(rebuild.queries());
      if (server.isEmpty()) {
        tell(new Patient(rebuilt, Instant::now, LogVerifier::pause));
        return true;
      }
      RunSource.Remote live = new RunSource.Remote(new ZoetropeClient(server.get()));
      VerificationText text = new VerificationText();
      new Verification(live, rebuilt, Instant::now, LogVerifier::pause)
          .run(run -> out.println(text.of(run)));
      out.println(text.summary());
      return !text.differs();
    }
  }

  private void tell(RunSource runs) {
    int count = 0;
    List<String> page = runs.keys(PAGE, null);
    while (!page.isEmpty()) {
      for (String key : page) {
        runs.digest(key).map(VerificationText::ofLog).ifPresent(out::println);
      }
      count += page.size();
      page = runs.keys(PAGE, page.get(page.size() - 1));
    }
    out.println(
        "%d %s in the log; add --server to compare them with the stores of a running Zoetrope."
            .formatted(count, count == 1 ? "run" : "runs"));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("INTERRUPTED", "interrupted while verifying", e);
    }
  }
}
