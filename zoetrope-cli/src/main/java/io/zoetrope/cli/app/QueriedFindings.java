package io.zoetrope.cli.app;

import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.assembler.stills.RunFindings;
import io.zoetrope.gateway.pictures.PictureException;
import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.DetectionQuery;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.VideoQueries;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
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
  public Optional<URI> original(String videoId) {
    return queries.location(videoId).value().map(URI::create);
  }

  @Override
  public OptionalInt stream(String videoId, String runId) {
    Run run = queries.run(videoId, runId).value().orElseThrow(() -> unknown(videoId, runId));
    Integer stream = run.options().stream();
    return stream == null ? OptionalInt.empty() : OptionalInt.of(stream);
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
      DetectionPage page =
          queries.detections(query).value().orElseThrow(() -> unknown(videoId, runId));
      page.frames().forEach(frame -> taker.accept(RunFrames.of(frame)));
      cursor = page.cursor();
    } while (cursor != null);
  }

  private static PictureException unknown(String videoId, String runId) {
    return new PictureException(
        "RUN_UNKNOWN", "there is no run %s of video %s".formatted(runId, videoId));
  }
}
