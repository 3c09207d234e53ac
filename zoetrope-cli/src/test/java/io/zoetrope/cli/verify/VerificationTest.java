package io.zoetrope.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.cli.error.UserError;
import io.zoetrope.cli.verify.Comparison.Verdict;
import io.zoetrope.topology.ledger.BatchCounts;
import io.zoetrope.topology.ledger.FrameCounts;
import io.zoetrope.topology.ledger.RunStatus;
import io.zoetrope.topology.query.RunDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class VerificationTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private final Stores live = new Stores();
  private final Stores rebuilt = new Stores();
  private Instant now = START;

  @Test
  void shouldFindRunsTheSameThatHaveTheSameDigest() {
    live.put("v/a", "1");
    live.put("v/b", "2");
    rebuilt.put("v/a", "1");
    rebuilt.put("v/b", "2");

    assertThat(verify())
        .containsExactly(Map.entry("v/a", Verdict.SAME), Map.entry("v/b", Verdict.SAME));
    assertThat(now).as("nothing to wait for").isEqualTo(START);
  }

  @Test
  void shouldTellWhatDiffersOrIsMissingOnOneSideOnceBothAreAtRest() {
    live.put("v/a", "1");
    live.put("v/b", "2");
    rebuilt.put("v/a", "3");
    rebuilt.put("v/c", "4");

    assertThat(verify())
        .containsExactly(
            Map.entry("v/a", Verdict.DIFFERS),
            Map.entry("v/b", Verdict.DIFFERS),
            Map.entry("v/c", Verdict.DIFFERS));
    assertThat(now).isAfterOrEqualTo(START.plusSeconds(10));
  }

  @Test
  void shouldWaitForTheSideThatIsBehind() {
    live.put("v/a", "2");
    rebuilt.put("v/a", () -> now.isBefore(START.plusSeconds(8)) ? "1" : "2");

    assertThat(verify()).containsExactly(Map.entry("v/a", Verdict.SAME));
  }

  @Test
  void shouldNotJudgeARunThatGoesOn() {
    live.put("v/a", () -> "live " + now.getEpochSecond());
    rebuilt.put("v/a", () -> "log " + now.getEpochSecond());

    assertThat(verify()).containsExactly(Map.entry("v/a", Verdict.MOVING));
    assertThat(now).isBefore(START.plus(Duration.ofMinutes(2)));
  }

  @Test
  void shouldCompareMoreRunsThanFitOnAPage() {
    for (int i = 0; i < 2_001; i++) {
      live.put("v/%04d".formatted(i), "1");
      rebuilt.put("v/%04d".formatted(i), "1");
    }
    rebuilt.put("v/1999", "2");

    Map<String, Verdict> verdicts = verify();

    assertThat(verdicts).hasSize(2_001).containsEntry("v/1999", Verdict.DIFFERS);
    assertThat(verdicts.values()).filteredOn(Verdict.SAME::equals).hasSize(2_000);
  }

  @Test
  void shouldAskAgainWhereStoresAreNotReady() {
    live.put("v/a", "1");
    rebuilt.put("v/a", "1");
    live.readyAt = START.plusSeconds(30);

    assertThat(verify()).containsExactly(Map.entry("v/a", Verdict.SAME));
  }

  @Test
  void shouldGiveUpWhereStoresDoNotGetReady() {
    live.readyAt = Instant.MAX;

    assertThatThrownBy(this::verify)
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.code()).isEqualTo("STORES_NOT_READY"));
  }

  @Test
  void shouldTellEachRunInALineAndSumUp() {
    VerificationText text = new VerificationText();

    assertThat(text.of(comparison("v/a", Verdict.SAME, "1", "1")))
        .isEqualTo("same    v/a  COMPLETE   12 frames (2 failed)  1");
    assertThat(text.of(comparison("v/b", Verdict.DIFFERS, "1", null)).lines())
        .containsExactly(
            "DIFFERS v/b live  COMPLETE   12 frames (2 failed)  1",
            "DIFFERS v/b log   isn't there");
    assertThat(text.summary())
        .isEqualTo("2 runs: 1 the same in the live stores and in the log, 1 DIFFER.");
    assertThat(text.differs()).isTrue();
  }

  private Map<String, Verdict> verify() {
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    new Verification(live, rebuilt, () -> now, this::pause)
        .run(run -> verdicts.put(run.key(), run.verdict()));
    return verdicts;
  }

  private void pause() {
    now = now.plusMillis(500);
  }

  private static Comparison comparison(String key, Verdict verdict, String live, String rebuilt) {
    return new Comparison(
        key,
        verdict,
        Optional.ofNullable(live).map(sha256 -> digest(key, sha256)),
        Optional.ofNullable(rebuilt).map(sha256 -> digest(key, sha256)));
  }

  private static RunDigest digest(String key, String sha256) {
    String[] ids = key.split("/", -1);
    return new RunDigest(
        ids[0],
        ids[1],
        RunStatus.COMPLETE,
        new FrameCounts(10, 0, 2, 0),
        new BatchCounts(3, 0),
        sha256);
  }

  /** Runs whose digests are made up. */
  private final class Stores implements RunSource {
    private final TreeMap<String, Supplier<String>> runs = new TreeMap<>();
    private Instant readyAt = START;

    void put(String key, String sha256) {
      put(key, () -> sha256);
    }

    void put(String key, Supplier<String> sha256) {
      runs.put(key, sha256);
    }

    @Override
    public List<String> keys(int limit, String after) {
      requireReady();
      var rest = after == null ? runs : runs.tailMap(after, false);
      return new ArrayList<>(rest.keySet()).subList(0, Math.min(limit, rest.size()));
    }

    @Override
    public Optional<RunDigest> digest(String key) {
      requireReady();
      return Optional.ofNullable(runs.get(key))
          .map(sha256 -> VerificationTest.digest(key, sha256.get()));
    }

    private void requireReady() {
      if (now.isBefore(readyAt)) {
        throw new NotReadyException(new IllegalStateException("not yet"));
      }
    }
  }
}
