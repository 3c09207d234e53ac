package io.zoetrope.gateway;

import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.DetectionQuery;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.RunDigest;
import io.zoetrope.topology.query.Video;
import io.zoetrope.topology.query.VideoPage;
import io.zoetrope.topology.query.VideoQueries;
import java.util.List;
import java.util.Optional;

/** Knows at most one video, with one run and one page of detections, or fails. */
final class FakeQueries implements VideoQueries {
  Video video;
  Run run;
  DetectionPage page;
  RuntimeException failure;
  DetectionQuery asked;

  @Override
  public VideoPage videos(int limit, String cursor) {
    fail();
    return new VideoPage(video == null ? List.of() : List.of(video), "after-" + limit + cursor);
  }

  @Override
  public Optional<Video> video(String videoId) {
    fail();
    return Optional.ofNullable(video).filter(found -> found.videoId().equals(videoId));
  }

  @Override
  public Optional<Run> run(String videoId, String runId) {
    fail();
    return Optional.ofNullable(run).filter(found -> found.runId().equals(runId));
  }

  @Override
  public Optional<String> location(String videoId) {
    return video(videoId).map(found -> "file:///originals/" + videoId);
  }

  @Override
  public Optional<DetectionPage> detections(DetectionQuery query) {
    fail();
    asked = query;
    return Optional.ofNullable(page).filter(found -> found.runId().equals(query.runId()));
  }

  @Override
  public List<String> runKeys(int limit, String after) {
    fail();
    return run == null ? List.of() : List.of(run.videoId() + "/" + run.runId());
  }

  @Override
  public Optional<RunDigest> digest(String videoId, String runId) {
    fail();
    return Optional.empty();
  }

  private void fail() {
    if (failure != null) {
      throw failure;
    }
  }
}
