package io.zoetrope.cli.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.cli.client.Run;
import io.zoetrope.cli.client.ZoetropeClient;
import io.zoetrope.cli.report.Progress;
import io.zoetrope.cli.report.ProgressDisplay;
import io.zoetrope.cli.report.StageTimes;
import io.zoetrope.cli.report.Terminal;
import io.zoetrope.cli.report.VideoReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionJobTest {
  private static final String UNKNOWN = "{\"code\":\"RUN_UNKNOWN\",\"detail\":\"not yet\"}";

  @TempDir Path folder;

  private final StringWriter err = new StringWriter();
  private final StageTimes stages = new StageTimes();

  @Test
  void shouldTakeTheOthersThroughWhenOneVideoCanNotBeUsed() throws Exception {
    Map<String, String[]> scripts =
        Map.of(
            "good", new String[] {UNKNOWN, run("good", "RUNNING"), run("good", "COMPLETE")},
            "text", new String[] {run("text", "REJECTED")});
    List<VideoReport> reports;

    try (FakeService service = new FakeService(scripts)) {
      reports =
          job(service, () -> {})
              .run(
                  List.of(
                      video("text"),
                      folder.resolve("none.mp4"),
                      video("good"),
                      video("unknown to the script")));
    }

    assertThat(reports)
        .extracting(VideoReport::status)
        .containsExactly(
            Run.Status.REJECTED, Run.Status.REJECTED, Run.Status.COMPLETE, Run.Status.REJECTED);
    assertThat(reports)
        .extracting(report -> report.failure().map(VideoReport.Failure::code))
        .containsExactly(
            Optional.of("MEDIA_NO_VIDEO"),
            Optional.of("FILE_UNREADABLE"),
            Optional.empty(),
            Optional.of("UPLOAD_REFUSED"));
    assertThat(Files.readString(folder.resolve("good.detections.jsonl")).replace('"', '\''))
        .isEqualTo(
            """
            {'videoId':'good','runId':'good','modelId':'m','frame':0,'ptsMicros':0,'detections':[]}
            {'videoId':'good','runId':'good','modelId':'m','frame':1,'ptsMicros':0,'detections':[]}
            """);
    assertThat(err.toString().lines())
        .containsExactlyInAnyOrder(
            "zoetrope: FILE_UNREADABLE: "
                + folder.resolve("none.mp4")
                + " does not exist; check its name",
            "zoetrope: UPLOAD_REFUSED: "
                + folder.resolve("unknown to the script.mp4")
                + ": no such script",
            "zoetrope: MEDIA_NO_VIDEO: " + folder.resolve("text.mp4") + ": it has no pictures");
    assertThat(stages.times()).containsOnlyKeys("upload", "detect", "results");
  }

  @Test
  void shouldStopWhenItsServiceHasDied() throws Exception {
    Map<String, String[]> scripts = Map.of("good", new String[] {run("good", "RUNNING")});
    try (FakeService service = new FakeService(scripts)) {
      DetectionJob job =
          job(
              service,
              () -> {
                throw new IllegalStateException("the broker gave up");
              });

      assertThatThrownBy(() -> job.run(List.of(video("good")))).hasMessage("the broker gave up");
    }
  }

  private DetectionJob job(FakeService service, Runnable serviceCheck) {
    Terminal none =
        new Terminal() {
          @Override
          public boolean isTerminal() {
            return false;
          }

          @Override
          public int columns() {
            return 80;
          }
        };
    return new DetectionJob(
        new ZoetropeClient(service.url()),
        Map.of(),
        folder,
        new ProgressDisplay(new PrintWriter(err), none, Progress.Style.ASCII),
        stages,
        serviceCheck);
  }

  private Path video(String content) throws Exception {
    return Files.writeString(folder.resolve(content + ".mp4"), content);
  }

  private static String run(String id, String status) {
    return """
    {"videoId":"%s","runId":"%s","modelId":"m","status":"%s",
     "frames":{"expected":2,"estimated":2,"processed":2,"damaged":0,"failed":0,"hidden":0},
     "batches":{"expected":1,"processed":1,"failed":0},"labels":{},"missing":[],
     "rejection":{"code":"MEDIA_NO_VIDEO","message":"it has no pictures"}}
    """
        .formatted(id, id, status);
  }
}
