package io.zoetrope.cli.report;

import io.zoetrope.schemas.TopicDifference;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How topics differ from what they are declared to be, a line each. */
public final class TopicTable {
  private static final String BREAKS = "can't work";
  private static final String DIFFERS = "your choice";

  private TopicTable() {}

  /** The table with its headings and ends of lines; empty where nothing differs. */
  public static String render(List<TopicDifference> differences) {
    if (differences.isEmpty()) {
      return "";
    }
    Stream<List<String>> rows =
        differences.stream()
            .map(
                d ->
                    List.of(
                        d.topic(),
                        d.property(),
                        d.found(),
                        d.declared(),
                        d.breaks() ? BREAKS : DIFFERS));
    List<List<String>> all =
        Stream.concat(Stream.of(List.of("TOPIC", "WHAT", "IS", "SHOULD BE", "")), rows).toList();
    return all.stream().map(row -> line(row, all)).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String line(List<String> row, List<List<String>> all) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      int index = column;
      int width = all.stream().mapToInt(other -> other.get(index).length()).max().orElseThrow();
      line.append(String.format(Locale.ROOT, "%-" + width + "s  ", row.get(column)));
    }
    return line.toString().stripTrailing();
  }
}
