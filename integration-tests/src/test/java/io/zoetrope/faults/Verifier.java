package io.zoetrope.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.cli.client.Run;
import io.zoetrope.cli.client.ZoetropeClient;
import io.zoetrope.events.BatchDetections;
import io.zoetrope.faults.Workload.Kind;
import io.zoetrope.faults.Workload.Wanted;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Whether what came of some runs is what would have come without any fault: nothing lost, nothing
 * twice, the same detections, in the log as in the stores. Videos of one kind differ by their ids
 * alone, so one run of each kind, from before anything broke, is what all others are compared with.
 */
final class Verifier {
  private final Installation installation;
  private final EventSerdes serdes;
  private final Map<Kind, Outcome> expected = new HashMap<>();

  /**
   * What came of a run.
   *
   * @param frames that were processed
   * @param log digest of the committed detections
   * @param labels detections by label, as the stores have them
   */
  private record Outcome(long frames, String log, Map<String, Long> labels) {}

  /** What was found, over all runs that were looked at. */
  record Verdict(int videos, long frames, long lost, int twice) {
    @Override
    public String toString() {
      return "%d videos, %d frames, %d lost, %d twice".formatted(videos, frames, lost, twice);
    }
  }

  /**
   * @param undisturbed runs of each kind that have ended, while nothing broke
   */
  Verifier(Installation installation, List<Wanted> undisturbed) {
    this.installation = installation;
    this.serdes = new EventSerdes(installation.schemas());
    learn(undisturbed);
  }

  /** Runs of further kinds that have ended, while nothing broke. */
  void learn(List<Wanted> undisturbed) {
    Map<String, NavigableMap<Integer, BatchDetections>> log =
        batches(undisturbed, new ArrayList<>());
    for (Wanted run : undisturbed) {
      Outcome outcome = outcome(run, log.get(key(run)));
      assertThat(outcome.labels()).as("what is found in %s", run).isNotEmpty();
      expected.put(run.kind(), outcome);
    }
  }

  /** Asserts that all runs are whole and as expected. */
  Verdict verify(List<Wanted> wanted) {
    List<String> twice = new ArrayList<>();
    Map<String, NavigableMap<Integer, BatchDetections>> log = batches(wanted, twice);
    Map<Wanted, Outcome> outcomes = new HashMap<>();
    long frames = 0;
    long all = 0;
    for (Wanted run : wanted) {
      Outcome outcome = outcome(run, log.get(key(run)));
      outcomes.put(run, outcome);
      frames += outcome.frames();
      all += expected.get(run.kind()).frames();
    }
    Verdict verdict = new Verdict(wanted.size(), frames, all - frames, twice.size());
    assertThat(twice).as("committed twice").isEmpty();
    assertThat(outcomes)
        .as(verdict.toString())
        .allSatisfy((run, outcome) -> assertThat(outcome).isEqualTo(expected.get(run.kind())));
    return verdict;
  }

  /** Asserts that the stores have all of them as expected, whatever it took to get there. */
  void verifyStores(List<Wanted> wanted) {
    Map<String, NavigableMap<Integer, BatchDetections>> log = batches(wanted, new ArrayList<>());
    assertThat(wanted)
        .allSatisfy(
            run -> assertThat(outcome(run, log.get(key(run)))).isEqualTo(expected.get(run.kind())));
  }

  /** Asserts that the stores are what comes of the log alone. */
  void verifyAgainstLog() {
    try (ChildProcess rebuild =
        installation.command(
            "verify", List.of("verify", "--server", installation.gatewayUrl().toString()))) {
      assertThat(rebuild.awaitEnd()).as(rebuild.out() + rebuild.err()).isZero();
      System.out.print(rebuild.out());
    }
  }

  private Outcome outcome(Wanted run, NavigableMap<Integer, BatchDetections> batches) {
    ZoetropeClient client = installation.client();
    Run stored = client.run(run.videoId(), run.runId());
    assertThat(stored.status())
        .as("%s: missing %s", run, stored.missing())
        .isEqualTo(Run.Status.COMPLETE);
    Map<String, Long> labels = new TreeMap<>();
    stored.labels().forEach((name, label) -> labels.put(name, label.detections()));
    return new Outcome(stored.frames().processed(), digest(batches), labels);
  }

  /** The committed batches of each run; a key that comes again is added to {@code twice}. */
  private Map<String, NavigableMap<Integer, BatchDetections>> batches(
      List<Wanted> wanted, List<String> twice) {
    Map<String, NavigableMap<Integer, BatchDetections>> batches = new HashMap<>();
    wanted.forEach(run -> batches.put(key(run), new TreeMap<>()));
    for (BatchDetections batch :
        CommittedLog.read(installation.kafka(), serdes, Topics.DETECTIONS)) {
      var run = batches.get(Keys.run(batch.getVideoId(), batch.getRunId()));
      if (run != null && run.put(batch.getSequence(), batch) != null) {
        twice.add(Keys.detections(batch.getVideoId(), batch.getRunId(), batch.getSequence()));
      }
    }
    return batches;
  }

  private static String key(Wanted run) {
    return Keys.run(run.videoId(), run.runId());
  }

  /** Of everything but the ids, which differ, and the headers, which tell times and hosts. */
  private static String digest(NavigableMap<Integer, BatchDetections> batches) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (BatchDetections batch : batches.values()) {
        BatchDetections anonymous = BatchDetections.newBuilder(batch).build();
        anonymous.setVideoId("");
        anonymous.setRunId("");
        anonymous.setSplitId("");
        sha256.update(anonymous.toString().getBytes(UTF_8));
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
