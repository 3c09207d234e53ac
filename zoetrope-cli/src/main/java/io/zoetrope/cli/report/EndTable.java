package io.zoetrope.cli.report;

import io.zoetrope.cli.client.Run;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What people read at the end: each video with its labels, where the files are, how long each stage
 * took.
 */
public final class EndTable {
  private static final int MISSING_SHOWN = 10;

  private EndTable() {}

  /**
   * The table, in lines that end with a line feed.
   *
   * @param stages name and time, in the order in which they ran
   */
  public static String render(List<VideoReport> videos, Map<String, Duration> stages) {
    StringBuilder out = new StringBuilder();
    for (VideoReport video : videos) {
      out.append(video.file().getFileName()).append(": ").append(headline(video)).append('\n');
      video.run().ifPresent(run -> appendRun(out, run));
      video.detectionsFile().ifPresent(file -> line(out, "  %s", file));
      video.annotatedFile().ifPresent(file -> line(out, "  %s", file));
      video
          .annotationFailure()
          .ifPresent(why -> line(out, "  not annotated, %s: %s", why.code(), why.message()));
      out.append('\n');
    }
    String times =
        stages.entrySet().stream()
            .map(stage -> stage.getKey() + " " + Times.elapsed(stage.getValue()))
            .collect(Collectors.joining(", "));
    if (!times.isEmpty()) {
      line(out, "Time: %s", times);
    }
    return out.toString();
  }

  private static String headline(VideoReport video) {
    if (video.failure().isPresent()) {
      return "unusable, " + video.failure().get().code();
    }
    Run run = video.run().orElseThrow();
    Run.Frames frames = run.frames();
    String counts =
        String.format(
            Locale.ROOT,
            "%s, %d of %s frames processed%s%s%s%s",
            run.status().name().toLowerCase(Locale.ROOT),
            frames.processed(),
            frames.expected() == null ? "?" : frames.expected().toString(),
            wanted(run.options()),
            countOf(frames.damaged(), "damaged"),
            countOf(frames.failed(), "failed"),
            countOf(frames.hidden(), "hidden"));
    return counts + ", " + Times.elapsed(video.elapsed());
  }

  /** Which frames of the video those are, where it isn't every one of its best stream. */
  private static String wanted(Run.Options options) {
    if (options == null) {
      return "";
    }
    String rate =
        options.maxFps() == null
            ? ""
            : ", at most "
                + BigDecimal.valueOf(options.maxFps()).stripTrailingZeros().toPlainString()
                + " a second";
    return rate
        + (options.keyframesOnly() ? ", keyframes only" : "")
        + (options.stream() == null ? "" : ", of stream " + options.stream());
  }

  private static String countOf(long count, String what) {
    return count == 0 ? "" : String.format(Locale.ROOT, ", %d %s", count, what);
  }

  private static void appendRun(StringBuilder out, Run run) {
    if (run.status() == Run.Status.REJECTED) {
      return;
    }
    if (run.labels().isEmpty()) {
      line(out, "  nothing detected");
    } else {
      int width =
          Math.max(5, run.labels().keySet().stream().mapToInt(String::length).max().orElse(0));
      String row = "  %-" + width + "s  %10s  %8s  %7s  %11s  %11s";
      line(out, row, "label", "detections", "frames", "highest", "first seen", "last seen");
      run.labels().entrySet().stream()
          .sorted(
              Comparator.comparingLong(
                      (Map.Entry<String, Run.Label> e) -> -e.getValue().detections())
                  .thenComparing(Map.Entry::getKey))
          .forEach(
              e -> {
                Run.Label label = e.getValue();
                line(
                    out,
                    row,
                    e.getKey(),
                    label.detections(),
                    label.frames(),
                    String.format(Locale.ROOT, "%.2f", label.maxConfidence()),
                    Times.position(label.firstMicros()),
                    Times.position(label.lastMicros()));
              });
    }
    run.missing().stream()
        .limit(MISSING_SHOWN)
        .forEach(missing -> line(out, "  missing: %s", describe(missing)));
    if (run.readError() != null) {
      line(out, "  missing: all after the last frame: %s", run.readError());
    }
    if (run.missing().size() > MISSING_SHOWN) {
      line(out, "  missing: and %d more ranges", run.missing().size() - MISSING_SHOWN);
    }
  }

  /** {@code CODE: frames 3 to 9 from 0:01.240: sentence}. */
  private static String describe(Run.Missing missing) {
    boolean single = missing.firstFrame() == missing.lastFrame();
    String frames =
        single
            ? "frame " + missing.firstFrame()
            : "frames " + missing.firstFrame() + " to " + missing.lastFrame();
    String time =
        missing.firstMicros() == null
            ? ""
            : (single ? " at " : " from ") + Times.position(missing.firstMicros());
    return missing.code() + ": " + frames + time + ": " + missing.message();
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }
}
