package io.zoetrope.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The table of files × targets × threads × result; files that fare alike everywhere take one row.
 */
final class ExactnessTable {
  private record Row(String file, String targets, String threads, String frames, String result) {}

  private record Case(int target, int threads) {}

  private final Map<String, Map<Case, String>> verdicts = new LinkedHashMap<>();
  private final Map<String, Integer> frames = new LinkedHashMap<>();

  synchronized void add(String file, int target, int threads, int frameCount, Verdict verdict) {
    verdicts
        .computeIfAbsent(file, ignored -> new LinkedHashMap<>())
        .put(new Case(target, threads), verdict.text());
    frames.merge(file, frameCount, Integer::max);
  }

  /** Markdown whose columns also line up as plain text. */
  List<String> lines() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("file", "batches of", "threads", "frames", "result"));
    verdicts.forEach((file, cases) -> rows.addAll(rows(file, cases)));
    int file = width(rows, Comparator.comparingInt(row -> row.file().length()), Row::file);
    int targets = width(rows, Comparator.comparingInt(row -> row.targets().length()), Row::targets);
    String format = "| %-" + file + "s | %-" + targets + "s | %-7s | %6s | %s |";
    List<String> lines = new ArrayList<>();
    for (Row row : rows) {
      lines.add(
          format.formatted(row.file(), row.targets(), row.threads(), row.frames(), row.result()));
      if (lines.size() == 1) {
        lines.add(
            "|-%s-|-%s-|---------|-------:|--------|"
                .formatted("-".repeat(file), "-".repeat(targets)));
      }
    }
    return lines;
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines());
  }

  private List<Row> rows(String file, Map<Case, String> cases) {
    List<Row> rows = new ArrayList<>();
    for (String verdict : cases.values().stream().distinct().toList()) {
      TreeSet<String> targets = new TreeSet<>(Comparator.comparing(ExactnessTable::order));
      TreeSet<Integer> threads = new TreeSet<>();
      cases.forEach(
          (key, value) -> {
            if (value.equals(verdict)) {
              targets.add(key.target() == CutOptions.WHOLE_GOPS ? "default" : "" + key.target());
              threads.add(key.threads());
            }
          });
      rows.add(
          new Row(
              file,
              String.join(", ", targets),
              String.join(", ", threads.stream().map(String::valueOf).toList()),
              frames.get(file).toString(),
              verdict));
    }
    return rows;
  }

  private static int order(String target) {
    return target.equals("default") ? Integer.MAX_VALUE : Integer.parseInt(target);
  }

  private static int width(
      List<Row> rows, Comparator<Row> byLength, java.util.function.Function<Row, String> column) {
    return column.apply(rows.stream().max(byLength).orElseThrow()).length();
  }
}
