package io.zoetrope.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.events.BatchRun;
import io.zoetrope.events.FrameBatch;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What the headers of a frame batch's record say of it, so that whoever can't read the value knows
 * what is lost, and to whom.
 *
 * @param runs the models of the runs that want the batch, by run id
 * @param firstFrame index of the batch's first frame within the split
 */
public record BatchHeaders(
    String videoId, SortedMap<String, String> runs, long firstFrame, int expectedFrames) {
  private static final String VIDEO = "zoetrope.video";
  private static final String RUNS = "zoetrope.runs";
  private static final String FRAMES = "zoetrope.frames";

  public BatchHeaders {
    runs = Collections.unmodifiableSortedMap(runs);
  }

  public static BatchHeaders of(FrameBatch batch) {
    SortedMap<String, String> runs = new TreeMap<>();
    for (BatchRun run : batch.getRuns()) {
      runs.put(run.getRunId(), run.getModelId());
    }
    return new BatchHeaders(
        batch.getVideoId(), runs, batch.getFirstFrame(), batch.getExpectedFrames());
  }

  /** What a record's headers say; empty where they don't, or not in this form. */
  public static Optional<BatchHeaders> in(Headers headers) {
    try {
      String[] frames = text(headers, FRAMES).split("\\+", 2);
      return Optional.of(
          new BatchHeaders(
              text(headers, VIDEO),
              Arrays.stream(text(headers, RUNS).split(","))
                  .map(run -> run.split("=", 2))
                  .collect(
                      Collectors.toMap(
                          run -> run[0], run -> run[1], (one, same) -> one, TreeMap::new)),
              Long.parseLong(frames[0]),
              Integer.parseInt(frames[1])));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** Says so in the headers of a record. */
  public void addTo(Headers headers) {
    headers
        .add(VIDEO, videoId.getBytes(UTF_8))
        .add(
            RUNS,
            runs().entrySet().stream()
                .map(Map.Entry::toString)
                .collect(Collectors.joining(","))
                .getBytes(UTF_8))
        .add(FRAMES, (firstFrame + "+" + expectedFrames).getBytes(UTF_8));
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    if (header == null) {
      throw new IllegalArgumentException("there is no header " + name);
    }
    return new String(header.value(), UTF_8);
  }
}
