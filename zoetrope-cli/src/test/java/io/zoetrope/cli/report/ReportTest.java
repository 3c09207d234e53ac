package io.zoetrope.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.cli.client.DetectionPage;
import io.zoetrope.cli.client.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Run COMPLETE =
      new Run(
          "v1",
          "r1",
          "yolox-0123456789ab",
          Run.Status.COMPLETE,
          new Run.Options(
              0.25f,
              0.45f,
              1,
              2.5,
              false,
              List.of("car"),
              List.of(),
              Map.of("car", 0.5f),
              8,
              0,
              List.of(List.of(0f, 0.5f))),
          new Run.Frames(377L, 377L, 376, 2, 0, 1),
          new Run.Batches(12L, 12, 0),
          Map.of(
              "truck", new Run.Label(8, 8, 0.5512f, 1_033_333, 2_300_000),
              "car", new Run.Label(512, 377, 0.914f, 0, 3_662_000_000L)),
          List.of(),
          null,
          null,
          new Run.Packets(405, 377, 0, 0, 26, 2, 0));
  private static final Run INCOMPLETE =
      new Run(
          "v2",
          "r2",
          "yolox-0123456789ab",
          Run.Status.INCOMPLETE,
          new Run.Options(
              0.25f, 0.45f, null, null, true, List.of(), List.of(), Map.of(), 0, 0, List.of()),
          new Run.Frames(10L, null, 6, 0, 4, 0),
          new Run.Batches(2L, 1, 1),
          Map.of(),
          List.of(
              new Run.Missing(3, 5, 1_240_000L, "FRAME_UNDECODABLE", "the decoder gave no picture"),
              new Run.Missing(9, 9, null, "BATCH_LOST", "it never came")),
          null,
          "the file ends after 10 of the 20 packets in its index",
          null);

  private static final List<VideoReport> REPORTS =
      List.of(
          VideoReport.of(
              Path.of("in/motorway.mp4"),
              Optional.of(COMPLETE),
              Optional.of(Path.of("zoetrope-out/motorway.detections.jsonl")),
              Optional.empty(),
              Duration.ofMillis(12_345)),
          VideoReport.of(
              Path.of("in/broken.mp4"),
              Optional.of(INCOMPLETE),
              Optional.of(Path.of("zoetrope-out/broken.detections.jsonl")),
              Optional.empty(),
              Duration.ofMillis(1_230)),
          VideoReport.failed(Path.of("none.mp4"), "FILE_UNREADABLE", "none.mp4 does not exist"));

  @TempDir Path folder;

  @Test
  void shouldTabulateEveryVideo() {
    Map<String, Duration> stages = new LinkedHashMap<>();
    stages.put("start", Duration.ofMillis(4_210));
    stages.put("detect", Duration.ofSeconds(12));

    assertThat(EndTable.render(REPORTS, stages))
        .isEqualTo(
            """
            motorway.mp4: complete, 376 of 377 frames processed, at most 2.5 a second, of stream 1, 2 damaged, 1 hidden, 12.3 s
              label  detections    frames  highest   first seen    last seen
              car           512       377     0.91     0:00.000  1:01:02.000
              truck           8         8     0.55     0:01.033     0:02.300
              zoetrope-out/motorway.detections.jsonl

            broken.mp4: incomplete, 6 of 10 frames processed, keyframes only, 4 failed, 1.2 s
              nothing detected
              missing: FRAME_UNDECODABLE: frames 3 to 5 from 0:01.240: the decoder gave no picture
              missing: BATCH_LOST: frame 9: it never came
              missing: all after the last frame: the file ends after 10 of the 20 packets in its index
              zoetrope-out/broken.detections.jsonl

            none.mp4: unusable, FILE_UNREADABLE

            Time: start 4.2 s, detect 12.0 s
            """);
  }

  @Test
  void shouldPrintOneJsonDocument() {
    assertThat(JsonReport.render(REPORTS).replace('"', '\''))
        .isEqualTo(
            "{'videos':["
                + "{'file':'in/motorway.mp4','videoId':'v1','runId':'r1',"
                + "'modelId':'yolox-0123456789ab','status':'COMPLETE',"
                + "'options':{'confidence':0.25,'iou':0.45,'stream':1,'maxFps':2.5,"
                + "'keyframesOnly':false,'labels':['car'],'dropLabels':[],"
                + "'labelConfidence':{'car':0.5},'minWidth':8.0,'minHeight':0.0,'region':[[0.0,0.5]]},"
                + "'frames':{'expected':377,'processed':376,'damaged':2,'failed':0,'hidden':1},"
                + "'batches':{'expected':12,'processed':12,'failed':0},"
                + "'packets':{'read':405,'expected':377,'unsampled':0,'secondFields':0,"
                + "'discarded':26,'invisible':2,'empty':0},"
                + "'labels':{"
                + "'car':{'detections':512,'frames':377,'maxConfidence':0.914,"
                + "'firstMicros':0,'lastMicros':3662000000},"
                + "'truck':{'detections':8,'frames':8,'maxConfidence':0.5512,"
                + "'firstMicros':1033333,'lastMicros':2300000}},"
                + "'detectionsFile':'zoetrope-out/motorway.detections.jsonl','seconds':12.35},"
                + "{'file':'in/broken.mp4','videoId':'v2','runId':'r2',"
                + "'modelId':'yolox-0123456789ab','status':'INCOMPLETE',"
                + "'options':{'confidence':0.25,'iou':0.45,'stream':null,'maxFps':null,"
                + "'keyframesOnly':true,'labels':[],'dropLabels':[],"
                + "'labelConfidence':{},'minWidth':0.0,'minHeight':0.0,'region':[]},"
                + "'frames':{'expected':10,'processed':6,'damaged':0,'failed':4,'hidden':0},"
                + "'batches':{'expected':2,'processed':1,'failed':1},"
                + "'labels':{},"
                + "'missing':[{'firstFrame':3,'lastFrame':5,'firstMicros':1240000,'code':'FRAME_UNDECODABLE',"
                + "'message':'the decoder gave no picture'},"
                + "{'firstFrame':9,'lastFrame':9,'firstMicros':null,'code':'BATCH_LOST',"
                + "'message':'it never came'}],"
                + "'readError':'the file ends after 10 of the 20 packets in its index',"
                + "'detectionsFile':'zoetrope-out/broken.detections.jsonl','seconds':1.23},"
                + "{'file':'none.mp4','status':'REJECTED',"
                + "'error':{'code':'FILE_UNREADABLE','message':'none.mp4 does not exist'},"
                + "'seconds':0.0}]}");
  }

  @Test
  void shouldGiveEachVideoItsExitStatus() {
    assertThat(REPORTS).extracting(VideoReport::exitStatus).containsExactly(0, 1, 2);
  }

  @Test
  void shouldWriteALineForEveryFrame() throws Exception {
    Path target = folder.resolve("a.detections.jsonl");
    DetectionPage.Detection car =
        new DetectionPage.Detection("car", 2, 0.87f, List.of(1.5f, 2f, 30.25f, 4.1f));

    try (DetectionsFile file = new DetectionsFile(target, "v1")) {
      file.write(page(new DetectionPage.Frame(0, 0L, "PROCESSED", List.of(car))));
      file.write(page(new DetectionPage.Frame(1, 40_000L, "PROCESSED", List.of())));
      assertThat(target).doesNotExist();
      file.write(page(new DetectionPage.Frame(2, null, "FAILED", null)));
      file.finish();
    }

    assertThat(Files.readString(target).replace('"', '\''))
        .isEqualTo(
            "{'videoId':'v1','runId':'r1','modelId':'m1','frame':0,'ptsMicros':0,"
                + "'detections':[{'label':'car','classId':2,'confidence':0.87,"
                + "'box':[1.5,2.0,30.25,4.1]}]}\n"
                + "{'videoId':'v1','runId':'r1','modelId':'m1','frame':1,'ptsMicros':40000,"
                + "'detections':[]}\n"
                + "{'videoId':'v1','runId':'r1','modelId':'m1','frame':2,'ptsMicros':null,"
                + "'status':'FAILED','detections':[]}\n");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void shouldLeaveNothingBehindWhenItDoesNotFinish() throws Exception {
    try (DetectionsFile file = new DetectionsFile(folder.resolve("a.jsonl"), "v1")) {
      file.write(page(new DetectionPage.Frame(0, 0L, "PROCESSED", null)));
    }

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldNameFilesAfterTheirVideos() {
    assertThat(
            OutputNames.of(
                List.of(
                    Path.of("a/film.mp4"),
                    Path.of("a/FILM.mkv"),
                    Path.of("b/film.mp4"),
                    Path.of("c/film.mp4"),
                    Path.of(".hidden"))))
        .containsExactly(
            "film.detections.jsonl",
            "FILM.mkv.detections.jsonl",
            "film.mp4.detections.jsonl",
            "film.mp4-2.detections.jsonl",
            ".hidden.detections.jsonl");
  }

  private static DetectionPage page(DetectionPage.Frame frame) {
    return new DetectionPage("r1", "m1", List.of(frame), null);
  }
}
