package io.zoetrope.cli.rerun;

import io.zoetrope.cli.client.Run;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What people read at the end of runs over many videos: a line for each, and their sum. */
public final class RunTable {
  private static final int LONGEST_NAME = 40;

  private RunTable() {}

  /** The table, in lines that end with a line feed. */
  public static String render(List<RunReport> reports) {
    StringBuilder out = new StringBuilder();
    int width = reports.stream().mapToInt(report -> name(report).length()).max().orElse(0);
    for (RunReport report : reports) {
      String row = "%-" + width + "s  %s  %-10s  %s";
      line(
          out,
          row,
          name(report),
          report.video().videoId(),
          report.status().name().toLowerCase(Locale.ROOT),
          outcome(report));
    }
    line(out, "%s", sum(reports));
    return out.toString();
  }

  private static String name(RunReport report) {
    String name = report.video().name();
    if (name.equals(report.video().videoId())) {
      return "-";
    }
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  private static String outcome(RunReport report) {
    if (report.failure().isPresent()) {
      return report.failure().get().code();
    }
    Run run = report.run().orElseThrow();
    if (run.status() == Run.Status.REJECTED) {
      return run.rejection() == null ? "" : run.rejection().code();
    }
    Run.Frames frames = run.frames();
    return String.format(
        Locale.ROOT,
        "%d of %s frames%s%s",
        frames.processed() + frames.hidden(),
        frames.expected() == null ? "?" : frames.expected().toString(),
        missing(run),
        run.readError() == null ? "" : ", and all after the last one: " + run.readError());
  }

  /** {@code , 32 DECODER_CRASHED, 1 FRAME_UNDECODABLE}. */
  private static String missing(Run run) {
    Map<String, Long> byCode = new TreeMap<>();
    run.missing()
        .forEach(
            missing ->
                byCode.merge(
                    missing.code(), missing.lastFrame() - missing.firstFrame() + 1, Long::sum));
    return byCode.entrySet().stream()
        .map(entry -> ", " + entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining());
  }

  /** {@code 12 videos: 11 complete, 1 incomplete}. */
  private static String sum(List<RunReport> reports) {
    if (reports.isEmpty()) {
      return "There are no such videos.";
    }
    Map<String, Long> byStatus =
        reports.stream()
            .collect(
                Collectors.groupingBy(
                    report -> report.status().name().toLowerCase(Locale.ROOT),
                    TreeMap::new,
                    Collectors.counting()));
    String counts =
        byStatus.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return reports.size() == 1 ? "1 video: " + counts : reports.size() + " videos: " + counts;
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }
}
