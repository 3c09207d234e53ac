package io.zoetrope.media;

import static java.util.stream.Collectors.joining;

import io.zoetrope.media.FrameOutcome.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One cell of the table: {@link #EXACT}, or exactly what is lost, or what is wrong. */
record Verdict(String text) {
  static final String EXACT = "exact";

  static Verdict of(BatchedDecode batched, List<String> flaws, int sound, int more) {
    if (!flaws.isEmpty()) {
      return new Verdict("NOT EXACT: " + String.join("; ", flaws));
    }
    List<String> losses = new ArrayList<>();
    if (sound != Exactness.ALL_SOUND) {
      losses.add("exact up to picture " + sound);
    }
    list(batched, Status.HIDDEN, losses);
    list(batched, Status.DAMAGED, losses);
    list(batched, Status.FAILED, losses);
    if (more > 0) {
      losses.add(more + " more than a sequential decode shows");
    }
    batched.summary().readError().ifPresent(losses::add);
    return new Verdict(
        losses.isEmpty()
            ? EXACT
            : "%d of %d frames; %s"
                .formatted(
                    batched.frames().size(), batched.outcomes().size(), String.join("; ", losses)));
  }

  /** Lists the frames that came to one end, with the decoder's words where it gave any. */
  private static void list(BatchedDecode batched, Status status, List<String> losses) {
    Map<String, List<Long>> frames = new LinkedHashMap<>();
    batched.outcomes().stream()
        .filter(outcome -> outcome.status() == status)
        .forEach(
            outcome ->
                frames
                    .computeIfAbsent(
                        outcome.failure().map(words -> " (" + words + ")").orElse(""),
                        ignored -> new ArrayList<>())
                    .add(outcome.index()));
    frames.forEach(
        (words, indices) ->
            losses.add(status.name().toLowerCase(Locale.ROOT) + " " + ranges(indices) + words));
  }

  private static String ranges(List<Long> indices) {
    List<List<Long>> runs = new ArrayList<>();
    for (long index : indices) {
      List<Long> last = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1);
      if (last.isEmpty() || last.get(last.size() - 1) + 1 != index) {
        last = new ArrayList<>();
        runs.add(last);
      }
      last.add(index);
    }
    return runs.stream()
        .map(run -> run.size() == 1 ? "" + run.get(0) : run.get(0) + "-" + run.get(run.size() - 1))
        .collect(joining(", "));
  }
}
