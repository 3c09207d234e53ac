package io.zoetrope.cli.app;

import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.assembler.stills.RunFindings;
import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.DetectionQuery;
import io.zoetrope.topology.query.VideoQueries;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What pictures are made by, asked of the topologies. */
final class QueriedFindings implements RunFindings {
  private static final int FRAMES_A_PAGE = 1000;

  private final VideoQueries queries;

  QueriedFindings(VideoQueries queries) {
    this.queries = queries;
  }

  @Override
  public void frames(
      String videoId, String runId, long fromMicros, long toMicros, Consumer<RunFrame> taker) {
    String cursor = null;
    do {
      DetectionQuery query =
          new DetectionQuery(
              videoId,
              runId,
              fromMicros == Long.MIN_VALUE ? null : (Long) fromMicros,
              toMicros == Long.MAX_VALUE ? null : (Long) toMicros,
              Set.of(),
              null,
              FRAMES_A_PAGE,
              cursor);
      Optional<DetectionPage> page = queries.detections(query).value();
      page.map(DetectionPage::frames)
          .orElse(List.of())
          .forEach(frame -> taker.accept(RunFrames.of(frame)));
      cursor = page.map(DetectionPage::cursor).orElse(null);
    } while (cursor != null);
  }
}
