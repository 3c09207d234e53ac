package io.zoetrope.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {
  @TempDir Path folder;

  @Test
  void shouldBundleExactlyWhatTheGeneratorWrites() throws IOException {
    Path video = folder.resolve("again.mp4");
    Path truth = folder.resolve("again.jsonl");

    List<FrameTruth> frames =
        SampleVideo.write(Samples.VIDEO_SEED, Samples.VIDEO_FRAMES, video, truth);

    assertThat(frames).hasSize(175).element(174).extracting(FrameTruth::frame).isEqualTo(174);
    assertThat(Samples.copyTruth(folder)).hasSameBinaryContentAs(truth);
    assertThat(Samples.copyVideo(folder)).hasSameBinaryContentAs(video);
  }

  @Test
  void shouldStaySmall() throws IOException {
    assertThat(Files.size(Samples.copyVideo(folder))).isLessThan(2_000_000);
    assertThat(Files.size(Samples.copyModel(folder))).isLessThan(4_000_000);
  }

  @Test
  void shouldCopyIntoANewFolderAndOverAnOlderFileAndLeaveNothingElse() throws IOException {
    Path inner = folder.resolve("new").resolve("folder");

    Path first = Samples.copyTruth(inner);
    Files.writeString(first, "something older");
    Path second = Samples.copyTruth(inner);

    assertThat(second).isEqualTo(inner.resolve("demo.truth.jsonl"));
    assertThat(Files.readAllLines(second)).hasSize(Samples.VIDEO_FRAMES);
    assertThat(inner).isDirectoryContaining(file -> file.equals(second));
    try (var files = Files.list(inner)) {
      assertThat(files).containsExactly(second);
    }
  }

  @Test
  void shouldNameTheGeneratorsClassesInTheModel() throws IOException {
    String names =
        Arrays.stream(ShapeClass.values())
            .map(shape -> shape.classId() + ": '" + shape.label() + "'")
            .collect(Collectors.joining(", ", "{", "}"));

    byte[] model = Files.readAllBytes(Samples.copyModel(folder));

    assertThat(new String(model, StandardCharsets.ISO_8859_1))
        .contains(names, "imgsz", "[192, 320]", "stride", "task", "detect");
  }
}
