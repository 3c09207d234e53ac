package io.zoetrope.cli.rerun;

import io.zoetrope.cli.client.ApiException;
import io.zoetrope.cli.client.Run;
import io.zoetrope.cli.client.VideoPage.Video;
import io.zoetrope.cli.client.ZoetropeClient;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.cli.report.ProgressDisplay;
import io.zoetrope.cli.report.VideoReport.Failure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks a service for a run over each of many videos, and waits until all have ended. A video for
 * which there can be none doesn't keep the others from it. One thread.
 */
public final class RerunJob {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** However many there are, the service isn't asked about more than so many at once. */
  private static final int ASKED_AT_ONCE = 20;

  private final ZoetropeClient client;
  private final Map<String, Object> wish;
  private final ProgressDisplay display;

  /** A run that was asked for; changes while it is waited for. */
  private static final class Pending {
    private final int index;
    private final Video video;
    private final String runId;
    private long frames;

    Pending(int index, Video video, String runId) {
      this.index = index;
      this.video = video;
      this.runId = runId;
    }
  }

  /**
   * Prepares a job.
   *
   * @param wish what the runs are to be, by the names of the API
   */
  public RerunJob(ZoetropeClient client, Map<String, Object> wish, ProgressDisplay display) {
    this.client = client;
    this.wish = new TreeMap<>(wish);
    this.display = display;
  }

  /**
   * Runs the job, and returns a report for each video, in their order.
   *
   * @throws UserError when the service doesn't answer any more
   */
  public List<RunReport> run(List<Video> videos) {
    RunReport[] reports = new RunReport[videos.size()];
    Deque<Pending> waiting = new ArrayDeque<>();
    for (int i = 0; i < reports.length; i++) {
      request(i, videos.get(i), waiting, reports);
    }
    long start = System.nanoTime();
    long ended = 0;
    while (!waiting.isEmpty()) {
      pause();
      for (int asked = Math.min(ASKED_AT_ONCE, waiting.size()); asked > 0; asked--) {
        Pending next = waiting.remove();
        Run run = patiently(() -> client.run(next.video.videoId(), next.runId));
        next.frames = run.frames().settled();
        if (run.status() == Run.Status.RUNNING) {
          waiting.add(next);
        } else {
          ended += next.frames;
          reports[next.index] = new RunReport(next.video, Optional.of(run), Optional.empty());
        }
      }
      display.show(
          new RunsProgress(
              reports.length - waiting.size(),
              reports.length,
              ended + waiting.stream().mapToLong(pending -> pending.frames).sum(),
              Duration.ofNanos(System.nanoTime() - start)));
    }
    display.close();
    return Arrays.asList(reports);
  }

  private void request(int index, Video video, Deque<Pending> waiting, RunReport[] reports) {
    try {
      String runId = patiently(() -> client.requestRun(video.videoId(), wish));
      waiting.add(new Pending(index, video, runId));
    } catch (ApiException e) {
      display.println("zoetrope: " + e.code() + ": " + e.getMessage());
      reports[index] =
          new RunReport(
              video, Optional.empty(), Optional.of(new Failure(e.code(), e.getMessage())));
    }
  }

  /** A service that is being restarted, or some of whose instances are, answers a little later. */
  private static <T> T patiently(Supplier<T> question) {
    long start = System.nanoTime();
    while (true) {
      try {
        return question.get();
      } catch (ApiException e) {
        if (!e.isTransient() || e.code().equals("VIDEO_UNKNOWN") || isOver(start)) {
          throw e;
        }
      } catch (UserError unreachable) {
        if (isOver(start)) {
          throw unreachable;
        }
      }
      pause();
    }
  }

  private static boolean isOver(long start) {
    return System.nanoTime() - start > PATIENCE.toNanos();
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("INTERRUPTED", "interrupted while waiting for results", e);
    }
  }
}
