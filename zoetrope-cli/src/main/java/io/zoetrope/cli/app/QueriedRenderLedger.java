package io.zoetrope.cli.app;

import io.zoetrope.assembler.RenderLedger;
import io.zoetrope.events.MarkedFrames;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.topology.ledger.RunStatus;
import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.DetectionQuery;
import io.zoetrope.topology.query.QueryException;
import io.zoetrope.topology.query.Render;
import io.zoetrope.topology.query.RenderSegments;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.VideoQueries;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What an assembler has to know, asked of the topologies; never of a copy that may be behind. */
final class QueriedRenderLedger implements RenderLedger {
  private static final int FRAMES_A_PAGE = 1000;

  private final VideoQueries queries;

  QueriedRenderLedger(VideoQueries queries) {
    this.queries = queries;
  }

  @Override
  public Optional<RunState> run(String videoId, String runId) {
    return ask(() -> queries.run(videoId, runId)).map(QueriedRenderLedger::state);
  }

  private static RunState state(Run run) {
    return new RunState(
        run.status() != RunStatus.RUNNING,
        run.revision(),
        Optional.ofNullable(run.rejection()).map(why -> new Failure(why.code(), why.message())),
        run.missing().stream()
            .map(
                missing ->
                    new FailedFrames(missing.firstFrame(), missing.lastFrame(), missing.code()))
            .sorted(Comparator.comparingLong(FailedFrames::first))
            .toList());
  }

  @Override
  public FramePage frames(String videoId, String runId, String cursor) {
    DetectionQuery query =
        new DetectionQuery(videoId, runId, null, null, Set.of(), null, FRAMES_A_PAGE, cursor);
    DetectionPage page =
        ask(() -> queries.detections(query))
            .orElseThrow(
                () -> new LedgerUnavailableException("the run " + runId + " is unknown", null));
    return new FramePage(page.frames().stream().map(RunFrames::of).toList(), page.cursor());
  }

  @Override
  public Optional<RenderState> render(String videoId, String renderId) {
    return ask(() -> queries.render(videoId, renderId)).map(QueriedRenderLedger::state);
  }

  private static RenderState state(Render render) {
    RenderState.Status status =
        switch (render.state()) {
          case WAITING, RUNNING -> RenderState.Status.OPEN;
          case COMPLETE -> RenderState.Status.COMPLETE;
          case FAILED -> RenderState.Status.FAILED;
        };
    return new RenderState(status, render.revision(), render.segments().rendered());
  }

  @Override
  public List<SegmentRendered> segments(String videoId, String renderId, int revision) {
    return ask(() -> queries.segments(videoId, renderId, 0))
        .filter(known -> known.revision() == revision)
        .map(known -> known.segments().stream().map(QueriedRenderLedger::segment).toList())
        .orElse(List.of());
  }

  private static SegmentRendered segment(RenderSegments.Segment segment) {
    return new SegmentRendered(
        segment.sequence(),
        segment.firstFrame(),
        segment.pictures(),
        segment.location(),
        segment.sha256(),
        segment.sizeBytes(),
        segment.headerBytes(),
        segment.durationMicros(),
        segment.failedFrames().stream()
            .map(range -> new MarkedFrames(range.first(), range.last(), range.code()))
            .toList());
  }

  private static <T> T ask(Supplier<Answer<T>> question) {
    Answer<T> answer;
    try {
      answer = question.get();
    } catch (QueryException e) {
      throw new LedgerUnavailableException(e.getMessage(), e);
    }
    if (answer.stale()) {
      throw new LedgerUnavailableException("only a copy of the stores could be asked", null);
    }
    return answer.value();
  }
}
