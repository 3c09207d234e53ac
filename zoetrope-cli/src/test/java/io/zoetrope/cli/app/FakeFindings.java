package io.zoetrope.cli.app;

import io.zoetrope.events.FrameStatus;
import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.DetectionQuery;
import io.zoetrope.topology.query.Render;
import io.zoetrope.topology.query.RenderSegments;
import io.zoetrope.topology.query.Renders;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.RunDigest;
import io.zoetrope.topology.query.RunKeys;
import io.zoetrope.topology.query.Video;
import io.zoetrope.topology.query.VideoPage;
import io.zoetrope.topology.query.VideoQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Knows what one run found, a page at a time, and answers nothing else. */
final class FakeFindings implements VideoQueries {
  static final String VIDEO = "0123456789abcdef0123456789abcdef";
  static final String RUN = "0123456789abcdef01234567";

  final List<DetectionQuery> asked = new ArrayList<>();
  RuntimeException failure;

  private final int frames;
  private final DetectionPage.Box box;

  /** A run that has seen the same box in every frame, of which there are 25 a second. */
  FakeFindings(int frames, DetectionPage.Box box) {
    this.frames = frames;
    this.box = box;
  }

  @Override
  public Answer<Optional<DetectionPage>> detections(DetectionQuery query) {
    if (failure != null) {
      throw failure;
    }
    asked.add(query);
    if (!query.runId().equals(RUN)) {
      return Answer.current(Optional.empty());
    }
    long first = query.cursor() == null ? 0 : Long.parseLong(query.cursor());
    long end = Math.min(frames, first + query.limit());
    return Answer.current(
        Optional.of(
            new DetectionPage(
                VIDEO,
                RUN,
                "m",
                LongStream.range(first, end)
                    .mapToObj(this::frame)
                    .filter(frame -> query.wantsTime(frame.ptsMicros()))
                    .toList(),
                end < frames ? Long.toString(end) : null)));
  }

  private DetectionPage.Frame frame(long index) {
    return new DetectionPage.Frame(
        index,
        index * 40_000,
        FrameStatus.PROCESSED,
        null,
        640,
        360,
        List.of(new DetectionPage.Found("thing", 0, 0.9f, box)));
  }

  @Override
  public Answer<VideoPage> videos(Set<Integer> partitions, int limit, String cursor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<RunKeys> runKeys(Set<Integer> partitions, int limit, String after) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<Optional<Video>> video(String videoId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<Optional<Run>> run(String videoId, String runId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<Optional<String>> location(String videoId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<Optional<RunDigest>> digest(String videoId, String runId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<Renders> renders(String videoId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<Optional<Render>> render(String videoId, String renderId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<Optional<RenderSegments>> segments(String videoId, String renderId, int from) {
    throw new UnsupportedOperationException();
  }
}
