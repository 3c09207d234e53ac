package io.zoetrope.cli.detect;

import io.zoetrope.cli.client.ApiException;
import io.zoetrope.cli.client.DetectionPage;
import io.zoetrope.cli.client.Run;
import io.zoetrope.cli.client.Upload;
import io.zoetrope.cli.client.ZoetropeClient;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.cli.report.DetectionsFile;
import io.zoetrope.cli.report.FrameProgress;
import io.zoetrope.cli.report.OutputNames;
import io.zoetrope.cli.report.ProgressDisplay;
import io.zoetrope.cli.report.StageTimes;
import io.zoetrope.cli.report.VideoReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Takes videos through a service by its HTTP API: uploads them, waits for their runs, and writes
 * what was detected to files. A video that can't be used doesn't keep the others from it.
 */
public final class DetectionJob {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ZoetropeClient client;
  private final Map<String, String> options;
  private final Path output;
  private final ProgressDisplay display;
  private final StageTimes stages;
  private final Runnable serviceCheck;

  /**
   * Prepares a job.
   *
   * @param options of the runs, by the API's names
   * @param output existing folder for the detections
   * @param serviceCheck throws when the service behind {@code client} is known to have died
   */
  public DetectionJob(
      ZoetropeClient client,
      Map<String, String> options,
      Path output,
      ProgressDisplay display,
      StageTimes stages,
      Runnable serviceCheck) {
    this.client = client;
    this.options = Map.copyOf(options);
    this.output = output;
    this.display = display;
    this.stages = stages;
    this.serviceCheck = serviceCheck;
  }

  /** A video that was taken by the service; changes while it is waited for. */
  private static final class Pending {
    private final int index;
    private final Path file;
    private final Upload upload;
    private final long started;
    private Optional<Run> run = Optional.empty();
    private long answered = System.nanoTime();

    Pending(int index, Path file, Upload upload, long started) {
      this.index = index;
      this.file = file;
      this.upload = upload;
      this.started = started;
    }

    String runId() {
      return upload.runs().get(0).runId();
    }
  }

  /**
   * Runs the job, and returns a report for each video, in their order.
   *
   * @throws UserError when the service doesn't answer any more
   */
  public List<VideoReport> run(List<Path> videos) {
    VideoReport[] reports = new VideoReport[videos.size()];
    List<String> names = OutputNames.of(videos);
    List<Pending> waiting = new ArrayList<>();
    stages.measure(
        "upload",
        () -> {
          for (int i = 0; i < reports.length; i++) {
            upload(i, videos.get(i), waiting, reports);
          }
          return null;
        });
    long start = System.nanoTime();
    List<Pending> all = List.copyOf(waiting);
    while (!waiting.isEmpty()) {
      serviceCheck.run();
      stages.measure("detect", () -> poll(waiting));
      show(all, start);
      for (Pending pending : List.copyOf(waiting)) {
        if (pending.run.filter(run -> run.status() != Run.Status.RUNNING).isPresent()) {
          reports[pending.index] =
              stages.measure("results", () -> finish(pending, names.get(pending.index)));
          waiting.remove(pending);
        }
      }
    }
    display.close();
    return Arrays.asList(reports);
  }

  private void upload(int index, Path file, List<Pending> waiting, VideoReport[] reports) {
    Optional<VideoReport.Failure> problem = VideoInput.problem(file);
    if (problem.isPresent()) {
      reports[index] = refused(file, problem.get().code(), problem.get().message());
      return;
    }
    long started = System.nanoTime();
    try {
      Upload upload = client.upload(file, file.getFileName().toString(), options);
      waiting.add(new Pending(index, file, upload, started));
    } catch (ApiException e) {
      reports[index] = refused(file, e.code(), file + ": " + e.getMessage());
    } catch (IOException e) {
      reports[index] = refused(file, "FILE_UNREADABLE", file + " can't be read: " + e.getMessage());
    }
  }

  private VideoReport refused(Path file, String code, String sentence) {
    display.println("zoetrope: " + code + ": " + sentence);
    return VideoReport.failed(file, code, sentence);
  }

  private Void poll(List<Pending> waiting) {
    try {
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("INTERRUPTED", "interrupted while waiting for results", e);
    }
    for (Pending pending : waiting) {
      try {
        pending.run = Optional.of(client.run(pending.upload.videoId(), pending.runId()));
        pending.answered = System.nanoTime();
      } catch (ApiException e) {
        if (!e.isTransient()) {
          throw e;
        }
        endPatience(pending, e);
      } catch (UserError unreachable) {
        endPatience(pending, unreachable);
      }
    }
    return null;
  }

  /** A service that has just started, or is being restarted, answers a little later. */
  private static void endPatience(Pending pending, RuntimeException answer) {
    if (System.nanoTime() - pending.answered > PATIENCE.toNanos()) {
      throw answer;
    }
  }

  private void show(List<Pending> all, long start) {
    long done = 0;
    long total = 0;
    boolean known = true;
    for (Pending pending : all) {
      if (pending.run.isPresent()) {
        Run.Frames frames = pending.run.get().frames();
        done += frames.settled();
        OptionalLong expected = frames.total();
        known &= expected.isPresent() || pending.run.get().status() != Run.Status.RUNNING;
        total += Math.max(expected.orElse(0), frames.settled());
      } else {
        known = false;
      }
    }
    display.show(
        new FrameProgress(
            done,
            known ? OptionalLong.of(total) : OptionalLong.empty(),
            Duration.ofNanos(System.nanoTime() - start)));
  }

  private VideoReport finish(Pending pending, String name) {
    Run run = pending.run.orElseThrow();
    if (run.status() == Run.Status.REJECTED) {
      String code = run.rejection() == null ? "VIDEO_REJECTED" : run.rejection().code();
      String why = run.rejection() == null ? "it was rejected" : run.rejection().message();
      display.println("zoetrope: " + code + ": " + pending.file + ": " + why);
      return report(pending, Optional.empty(), Optional.of(new VideoReport.Failure(code, why)));
    }
    return report(pending, Optional.of(write(run, output.resolve(name))), Optional.empty());
  }

  private static VideoReport report(
      Pending pending, Optional<Path> file, Optional<VideoReport.Failure> failure) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - pending.started);
    return VideoReport.of(pending.file, pending.run, file, failure, elapsed);
  }

  private Path write(Run run, Path target) {
    try (DetectionsFile file = new DetectionsFile(target, run.videoId())) {
      String cursor = null;
      do {
        DetectionPage page = client.detections(run.videoId(), run.runId(), cursor);
        file.write(page);
        cursor = page.cursor();
      } while (cursor != null);
      file.finish();
      return target;
    } catch (IOException e) {
      throw new UserError(
          "OUTPUT_UNWRITABLE",
          target
              + " can't be written ("
              + e.getMessage()
              + "); choose another folder with --output",
          e);
    }
  }
}
