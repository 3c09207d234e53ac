package io.zoetrope.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.batches.BatchException;
import io.zoetrope.batches.BatchReferences;
import io.zoetrope.detector.boxes.Criteria;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.detector.inference.InferenceRequest;
import io.zoetrope.events.BatchRun;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.Packet;
import io.zoetrope.events.Rational;
import io.zoetrope.events.RunFilter;
import io.zoetrope.events.RunOptions;
import io.zoetrope.events.VideoStream;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.store.FileMediaStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceRequestsTest {
  private static final RunCriteria CRITERIA = new RunCriteria("model", List.of("car", "person"));

  @TempDir private Path folder;

  @Test
  void shouldAskForEveryRunAndReadThePacketsLater() {
    InferenceRequest request = request(new RunOptions(0.25f, 0.45f, null));

    assertThat(request.runs()).containsExactly(Criteria.of(new Thresholds(0.25f, 0.45f)));
    assertThat(request.sequence()).isEqualTo(4);
    assertThat(request.firstFrame()).isEqualTo(100);
    assertThat(request.expectedFrames()).isEqualTo(1);
    assertThat(request.packets().get().packets()).hasSize(1);
  }

  @Test
  void shouldRefuseThresholdsOutOfRange() {
    assertThatExceptionOfType(BatchException.class)
        .isThrownBy(() -> request(new RunOptions(1.5f, 0.45f, null)))
        .withMessage("confidence must be between 0 and 1, not 1.5");
  }

  @Test
  void shouldRefuseABatchThatIsOnlyWantedForLabelsThatTheModelDoesNotHave() {
    RunFilter buses = new RunFilter(List.of("car", "bus"), List.of(), Map.of(), 0f, 0f, List.of());

    assertThatExceptionOfType(BatchException.class)
        .isThrownBy(() -> request(new RunOptions(0.25f, 0.45f, buses)))
        .satisfies(e -> assertThat(e.code()).isEqualTo("LABEL_UNKNOWN"))
        .withMessage("The model model has no label bus; did you mean car?");
  }

  private InferenceRequest request(RunOptions options) {
    BatchReferences references =
        new BatchReferences(
            FileMediaStore.open(folder, List.of()),
            new EventSerdes(new SchemaCatalogue()).packetObjects());
    BatchRun run = new BatchRun("run", "model", options);
    return InferenceRequests.of(batch(run), List.of(run), CRITERIA, Optional.empty(), references);
  }

  private static FrameBatch batch(BatchRun run) {
    Rational one = new Rational(1, 1);
    VideoStream stream =
        new VideoStream(
            0,
            "h264",
            0,
            "yuv420p",
            640,
            360,
            100,
            30,
            2,
            "progressive",
            24,
            8,
            "tv",
            "bt709",
            "bt709",
            "bt709",
            "left",
            one,
            one,
            one,
            ByteBuffer.allocate(0),
            List.of());
    Packet packet = new Packet(0L, 0L, 1L, 1, 0, false, ByteBuffer.allocate(2), List.of());
    return new FrameBatch(
        "video",
        "split",
        4,
        List.of(run),
        stream,
        0L,
        100L,
        1,
        false,
        null,
        null,
        new InlinePackets(List.of(packet)));
  }
}
