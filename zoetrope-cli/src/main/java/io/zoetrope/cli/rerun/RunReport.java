package io.zoetrope.cli.rerun;

import io.zoetrope.cli.client.Run;
import io.zoetrope.cli.client.VideoPage.Video;
import io.zoetrope.cli.report.VideoReport.Failure;
import java.util.Optional;

/**
 * How it ended for one video that a run was asked for over.
 *
 * @param run at its end; empty where none was begun
 * @param failure why none was
 */
public record RunReport(Video video, Optional<Run> run, Optional<Failure> failure) {
  Run.Status status() {
    return run.map(Run::status).orElse(Run.Status.REJECTED);
  }

  /** 0 for a complete run, 1 where frames are missing, 2 where the video is of no use. */
  public int exitStatus() {
    return switch (status()) {
      case COMPLETE -> 0;
      case RUNNING, INCOMPLETE -> 1;
      case REJECTED -> 2;
    };
  }
}
