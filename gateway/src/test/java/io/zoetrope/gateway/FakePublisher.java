package io.zoetrope.gateway;

import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.VideoSubmitted;
import io.zoetrope.schemas.Keys;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is published, or refuses it. */
final class FakePublisher implements Publisher {
  final List<VideoSubmitted> submissions = new CopyOnWriteArrayList<>();
  final List<RunRequested> runs = new CopyOnWriteArrayList<>();
  final List<RenderRequested> renders = new CopyOnWriteArrayList<>();
  final List<String> withdrawn = new CopyOnWriteArrayList<>();
  volatile boolean refusing;

  @Override
  public void publish(VideoSubmitted submission) {
    refuse();
    submissions.add(submission);
  }

  @Override
  public void publish(RunRequested run) {
    refuse();
    runs.add(run);
  }

  @Override
  public void publish(RenderRequested render) {
    refuse();
    renders.add(render);
  }

  @Override
  public void withdraw(String videoId, String renderId, List<Integer> sequences) {
    refuse();
    withdrawn.add(Keys.render(videoId, renderId) + sequences);
  }

  @Override
  public boolean ready() {
    return !refusing;
  }

  private void refuse() {
    if (refusing) {
      throw new PublishException("no broker", new IllegalStateException());
    }
  }
}
