package io.zoetrope.cli.report;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names for the files of several videos: the video's own without its ending, with it where two
 * would be the same, with a number where that isn't enough.
 */
public final class OutputNames {
  private static final String SUFFIX = ".detections.jsonl";

  private static final String ANNOTATED = ".annotated.mp4";

  private OutputNames() {}

  /** Where the annotated video lies beside the detections of a video. */
  public static Path annotated(Path detections) {
    String name = detections.getFileName().toString();
    return detections.resolveSibling(
        name.substring(0, name.length() - SUFFIX.length()) + ANNOTATED);
  }

  /**
   * A name for each of {@code videos}, in their order, no two alike (nor alike but for their case).
   */
  public static List<String> of(List<Path> videos) {
    Set<String> taken = new HashSet<>();
    return videos.stream()
        .map(
            video -> {
              String full = video.getFileName().toString();
              int dot = full.lastIndexOf('.');
              String stem = dot > 0 ? full.substring(0, dot) : full;
              Stream<String> numbered = Stream.iterate(2, n -> n + 1).map(n -> full + "-" + n);
              return Stream.concat(Stream.of(stem, full), numbered)
                  .filter(name -> taken.add(name.toLowerCase(Locale.ROOT)))
                  .findFirst()
                  .orElseThrow();
            })
        .map(name -> name + SUFFIX)
        .toList();
  }
}
