package io.zoetrope.gateway;

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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Knows at most one video, with one run, one page of detections and one render, or fails. */
final class FakeQueries implements VideoQueries {
  Video video;
  Run run;
  DetectionPage page;
  RunDigest digest;
  Render render;
  RenderSegments segments;
  RuntimeException failure;
  DetectionQuery asked;
  long behind;

  @Override
  public Answer<VideoPage> videos(Set<Integer> partitions, int limit, String cursor) {
    List<Video> videos = video == null ? List.of() : List.of(video);
    return answer(new VideoPage(videos, "after-" + limit + cursor));
  }

  @Override
  public Answer<RunKeys> runKeys(Set<Integer> partitions, int limit, String after) {
    return answer(new RunKeys(List.of("after-" + limit + after)));
  }

  @Override
  public Answer<Optional<Video>> video(String videoId) {
    return answer(Optional.ofNullable(video).filter(found -> found.videoId().equals(videoId)));
  }

  @Override
  public Answer<Optional<Run>> run(String videoId, String runId) {
    return answer(Optional.ofNullable(run).filter(found -> found.runId().equals(runId)));
  }

  @Override
  public Answer<Optional<String>> location(String videoId) {
    return video(videoId).map(found -> found.map(any -> "file:///originals/" + videoId));
  }

  @Override
  public Answer<Optional<DetectionPage>> detections(DetectionQuery query) {
    asked = query;
    return answer(Optional.ofNullable(page).filter(found -> found.runId().equals(query.runId())));
  }

  @Override
  public Answer<Optional<RunDigest>> digest(String videoId, String runId) {
    return answer(Optional.ofNullable(digest).filter(found -> found.runId().equals(runId)));
  }

  @Override
  public Answer<Renders> renders(String videoId) {
    return answer(new Renders(render == null ? List.of() : List.of(render)));
  }

  @Override
  public Answer<Optional<Render>> render(String videoId, String renderId) {
    return answer(Optional.ofNullable(render).filter(found -> found.renderId().equals(renderId)));
  }

  @Override
  public Answer<Optional<RenderSegments>> segments(String videoId, String renderId, int from) {
    return render(videoId, renderId).map(found -> found.map(any -> segments));
  }

  private <T> Answer<T> answer(T value) {
    if (failure != null) {
      throw failure;
    }
    return new Answer<>(value, behind);
  }
}
