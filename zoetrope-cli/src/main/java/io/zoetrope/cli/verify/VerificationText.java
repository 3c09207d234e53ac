package io.zoetrope.cli.verify;

import io.zoetrope.cli.verify.Comparison.Verdict;
import io.zoetrope.topology.query.RunDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a verification tells, line by line, and its sum. One thread. */
final class VerificationText {
  private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);

  /** One line for a run that is the same on both sides, two for one that isn't. */
  String of(Comparison run) {
    counts.merge(run.verdict(), 1, Integer::sum);
    return switch (run.verdict()) {
      case SAME -> line("same", run.key(), "", run.live());
      case DIFFERS -> both("DIFFERS", run);
      case MOVING -> both("moving", run);
    };
  }

  /** One line for a run that is compared with nothing. */
  static String ofLog(RunDigest run) {
    return line("log", run.videoId() + "/" + run.runId(), "", Optional.of(run));
  }

  String summary() {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    List<String> parts = new ArrayList<>();
    parts.add(count(Verdict.SAME) + " the same in the live stores and in the log");
    if (count(Verdict.DIFFERS) > 0) {
      parts.add(count(Verdict.DIFFERS) + " DIFFER");
    }
    if (count(Verdict.MOVING) > 0) {
      parts.add(count(Verdict.MOVING) + " moved on all the while; verify them when they are done");
    }
    return "%d %s: %s.".formatted(all, all == 1 ? "run" : "runs", String.join(", ", parts));
  }

  boolean differs() {
    return count(Verdict.DIFFERS) > 0;
  }

  private int count(Verdict verdict) {
    return counts.getOrDefault(verdict, 0);
  }

  private static String both(String word, Comparison run) {
    return line(word, run.key(), " live", run.live())
        + System.lineSeparator()
        + line(word, run.key(), " log ", run.rebuilt());
  }

  private static String line(String word, String key, String side, Optional<RunDigest> run) {
    String state =
        run.map(
                digest ->
                    String.format(
                        Locale.ROOT,
                        "%-10s %d frames (%d failed)  %s",
                        digest.status(),
                        digest.frames().total(),
                        digest.frames().failed(),
                        digest.sha256()))
            .orElse("isn't there");
    return String.format(Locale.ROOT, "%-7s %s%s  %s", word, key, side, state);
  }
}
