package io.zoetrope.cli.detect;

import io.zoetrope.cli.client.ApiException;
import io.zoetrope.cli.client.Render;
import io.zoetrope.cli.client.Run;
import io.zoetrope.cli.client.ZoetropeClient;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.cli.report.FrameProgress;
import io.zoetrope.cli.report.OutputNames;
import io.zoetrope.cli.report.ProgressDisplay;
import io.zoetrope.cli.report.VideoReport;
import io.zoetrope.cli.report.VideoReport.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Has videos annotated of which it is known what was found, waits for them, and fetches them. One
 * that can't be annotated doesn't keep the others from it.
 */
public final class AnnotationJob {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ZoetropeClient client;
  private final Map<String, Object> wish;
  private final ProgressDisplay display;
  private final Runnable serviceCheck;

  /**
   * Prepares a job.
   *
   * @param wish how they are annotated, by the API's names
   * @param serviceCheck throws when the service behind {@code client} is known to have died
   */
  public AnnotationJob(
      ZoetropeClient client,
      Map<String, Object> wish,
      ProgressDisplay display,
      Runnable serviceCheck) {
    this.client = client;
    this.wish = Map.copyOf(wish);
    this.display = display;
    this.serviceCheck = serviceCheck;
  }

  /** A video, and the render that it waits for; empty where there is none to wait for. */
  private record Asked(VideoReport report, Optional<String> renderId) {}

  /**
   * The same reports, with where the annotated videos are.
   *
   * @throws UserError when the service doesn't answer any more
   */
  public List<VideoReport> run(List<VideoReport> reports) {
    long start = System.nanoTime();
    List<Asked> asked = reports.stream().map(this::request).toList();
    List<VideoReport> annotated = new ArrayList<>();
    for (Asked one : asked) {
      annotated.add(
          one.renderId()
              .map(renderId -> annotate(one.report(), renderId, start))
              .orElse(one.report()));
    }
    display.close();
    return annotated;
  }

  private Asked request(VideoReport report) {
    if (report.detectionsFile().isEmpty()) {
      return new Asked(report, Optional.empty());
    }
    Run run = report.run().orElseThrow();
    try {
      String renderId = patiently(() -> client.requestRender(run.videoId(), run.runId(), wish));
      return new Asked(report, Optional.of(renderId));
    } catch (ApiException e) {
      return new Asked(failed(report, e.code(), e.getMessage()), Optional.empty());
    }
  }

  private VideoReport annotate(VideoReport report, String renderId, long start) {
    try {
      return await(report, renderId, start);
    } catch (ApiException e) {
      return failed(report, e.code(), e.getMessage());
    }
  }

  private VideoReport await(VideoReport report, String renderId, long start) {
    Run run = report.run().orElseThrow();
    Render render = awaitEnd(run, renderId, start);
    if (render.state() == Render.State.FAILED) {
      return failed(report, render.failure().code(), render.failure().message());
    }
    Path target = OutputNames.annotated(report.detectionsFile().orElseThrow());
    try {
      client.downloadRender(run.videoId(), renderId, target);
    } catch (IOException e) {
      throw new UserError(
          "OUTPUT_UNWRITABLE",
          "%s can't be written (%s); choose another folder with --output"
              .formatted(target, e.getMessage()),
          e);
    }
    render
        .result()
        .notes()
        .forEach(note -> display.println(report.file().getFileName() + ": " + note));
    return report.annotated(target);
  }

  private VideoReport failed(VideoReport report, String code, String sentence) {
    display.println("zoetrope: " + code + ": " + report.file() + ": " + sentence);
    return report.notAnnotated(new Failure(code, sentence));
  }

  private Render awaitEnd(Run run, String renderId, long start) {
    while (true) {
      Render render = patiently(() -> client.render(run.videoId(), renderId));
      if (render.state() == Render.State.COMPLETE || render.state() == Render.State.FAILED) {
        return render;
      }
      show(run, render, start);
      pause();
    }
  }

  /** Asks again where the answer may be another one in a moment. */
  private <T> T patiently(Supplier<T> question) {
    long start = System.nanoTime();
    while (true) {
      serviceCheck.run();
      try {
        return question.get();
      } catch (ApiException e) {
        if (!e.isTransient() || System.nanoTime() - start > PATIENCE.toNanos()) {
          throw e;
        }
      }
      pause();
    }
  }

  private void show(Run run, Render render, long start) {
    display.show(
        new FrameProgress(
            render.segments().frames(),
            run.frames().expected() == null
                ? OptionalLong.empty()
                : OptionalLong.of(run.frames().expected()),
            Duration.ofNanos(System.nanoTime() - start)));
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("INTERRUPTED", "interrupted while waiting for annotated videos", e);
    }
  }
}
