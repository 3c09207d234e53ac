package io.zoetrope.detector.inference;

import static io.zoetrope.detector.TestModels.tiny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.zoetrope.detector.TestVideos;
import io.zoetrope.detector.TestVideos.Cut;
import io.zoetrope.detector.TinyModels;
import io.zoetrope.detector.boxes.Criteria;
import io.zoetrope.detector.boxes.Detection;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.detector.inference.FrameResult.Status;
import io.zoetrope.detector.onnx.Device;
import io.zoetrope.detector.onnx.Model;
import io.zoetrope.detector.onnx.ModelOptions;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoPacket;
import io.zoetrope.media.VideoStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class BatchInferenceTest {
  private static final int FRAMES = 120;
  private static final Thresholds LAX = new Thresholds(0.1f, 0.45f);
  private static final Thresholds STRICT = new Thresholds(0.6f, 0.45f);

  @TempDir private static Path folder;
  private static Cut video;

  @BeforeAll
  static void makeVideo() throws IOException {
    Path file = folder.resolve("walk.mp4");
    TestVideos.walk(file, FRAMES);
    video = TestVideos.cut(file, 16);
    assertThat(video.batches()).hasSizeGreaterThan(4);
  }

  @Test
  void shouldFindWhatEachFrameShows() {
    List<FrameResult> frames = frames(infer("colours-v8.onnx", 2, video, List.of(STRICT)));

    assertThat(frames).extracting(FrameResult::index).isEqualTo(indices());
    for (FrameResult frame : frames) {
      int index = Math.toIntExact(frame.index());
      assertThat(frame.status()).isEqualTo(Status.PROCESSED);
      assertThat(frame.ptsMicros()).isEqualTo(40_000L * index);
      assertThat(frame.width()).isEqualTo(TestVideos.SIZE);
      assertThat(frame.height()).isEqualTo(TestVideos.SIZE);
      List<Detection> found = frame.detections().get(0);
      float corner = TestVideos.corner(index);
      // The 16 pixel cell, and each quarter of it as a cell of 8.
      assertThat(found)
          .hasSize(5)
          .extracting(Detection::classId)
          .containsOnly(TestVideos.classId(index));
      assertThat(found)
          .extracting(Detection::x, Detection::y, Detection::width, Detection::height)
          .contains(
              org.assertj.core.groups.Tuple.tuple(
                  corner, corner, (float) TestVideos.CELL, (float) TestVideos.CELL));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "colours-v8.onnx, 1",
    "colours-v8.onnx, 3",
    "colours-v8.onnx, 8",
    "colours-v8-batch4.onnx, 1",
    "colours-v8-batch4.onnx, 3"
  })
  void shouldGiveTheSameHoweverManyWorkersAndSlotsThereAre(String model, int workers) {
    List<FrameResult> expected = frames(infer("colours-v8.onnx", 2, video, List.of(LAX)));

    assertThat(frames(infer(model, workers, video, List.of(LAX)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 3", "3, 8"})
  void shouldGiveTheSameHoweverManyPicturesARunTakes(int workers, int batchSize) {
    Device device =
        new Device(
            Device.Kind.CPU, Optional.empty(), false, Optional.empty(), Optional.of(batchSize));
    List<FrameResult> expected = frames(infer("colours-v8.onnx", 2, video, List.of(LAX)));

    try (Model model =
            Model.load(tiny("colours-v8.onnx"), ModelOptions.DEFAULT.withDevice(device));
        BatchInference inference = new BatchInference(model, workers)) {
      assertThat(
              frames(
                  submit(inference, video, List.of(LAX)).stream()
                      .map(CompletableFuture::join)
                      .toList()))
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "7", "32"})
  void shouldGiveTheSameHoweverTheVideoIsCut(int targetFrames) throws IOException {
    Cut other = TestVideos.cut(folder.resolve("walk.mp4"), targetFrames);

    assertThat(frames(infer("colours-v8.onnx", 2, other, List.of(LAX))))
        .isEqualTo(frames(infer("colours-v8.onnx", 2, video, List.of(LAX))));
  }

  @Test
  void shouldPostProcessOneInferenceForEachRun() {
    List<FrameResult> both = frames(infer("colours-v8.onnx", 2, video, List.of(LAX, STRICT)));
    List<FrameResult> lax = frames(infer("colours-v8.onnx", 2, video, List.of(LAX)));
    List<FrameResult> strict = frames(infer("colours-v8.onnx", 2, video, List.of(STRICT)));

    for (int i = 0; i < FRAMES; i++) {
      assertThat(both.get(i).detections())
          .containsExactly(lax.get(i).detections().get(0), strict.get(i).detections().get(0));
    }
    assertThat(lax).isNotEqualTo(strict);
  }

  @Test
  void shouldFailFramesForWhichTheModelGivesNoNumbersAndNoOthers() {
    Path model =
        TinyModels.model()
            .input("images", DataType.FLOAT, "batch", 3, 64, 64)
            .noNumbersForGrey()
            .output("output0", DataType.FLOAT, new float[] {0}, 7, 84)
            .write(folder.resolve("grey.onnx"));

    List<FrameResult> frames = frames(infer(model, 2, video, List.of(LAX)));

    // The walking cell, which isn't grey, begins in the first corner every fourth time.
    assertThat(frames)
        .hasSize(FRAMES)
        .allSatisfy(
            frame -> {
              boolean grey = TestVideos.corner((int) frame.index()) > 0;
              assertThat(frame.status()).isEqualTo(grey ? Status.FAILED : Status.PROCESSED);
              assertThat(frame.failure())
                  .isEqualTo(
                      grey
                          ? Optional.of(
                              new Failure(
                                  "MODEL_OUTPUT_INVALID",
                                  "a box in the model's output isn't made of finite numbers"))
                          : Optional.empty());
              assertThat(frame.detections()).containsExactly(List.of());
            });
  }

  @Test
  void shouldFailFramesThatCannotBeDecodedAndNoOthers() {
    PacketBatch batch = video.batches().get(0);
    List<VideoPacket> packets = new ArrayList<>(batch.packets());
    VideoPacket last = packets.remove(packets.size() - 1);
    packets.add(withData(last, new byte[] {1, 2, 3, 4}));
    PacketBatch broken = withPackets(batch, packets);

    BatchResult result =
        infer("colours-v8.onnx", 2, new Cut(video.stream(), List.of(broken)), List.of(LAX)).get(0);

    List<FrameResult> frames = result.frames();
    FrameResult failed = frames.get(frames.size() - 1);
    assertThat(frames).hasSize(batch.expectedFrames());
    assertThat(frames.subList(0, frames.size() - 1))
        .extracting(FrameResult::status)
        .containsOnly(Status.PROCESSED);
    assertThat(failed.status()).isEqualTo(Status.FAILED);
    assertThat(failed.failure().orElseThrow().code()).isEqualTo("FRAME_UNDECODABLE");
    assertThat(failed.index()).isEqualTo(batch.expectedFrames() - 1);
    assertThat(failed.ptsMicros()).isEqualTo(40_000L * failed.index());
  }

  @Test
  void shouldFailABatchWithoutADecoder() {
    Cut unknown =
        new Cut(withCodec(video.stream(), "no_such_codec"), video.batches().subList(0, 1));

    BatchResult result = infer("colours-v8.onnx", 2, unknown, List.of(LAX)).get(0);

    assertThat(result.frames()).isEmpty();
    assertThat(result.failure().orElseThrow().code()).isEqualTo("MEDIA_UNSUPPORTED");
  }

  @Test
  void shouldLetGoOfAbandonedBatches() {
    try (Model model = Model.load(tiny("colours-v8.onnx"));
        BatchInference inference = new BatchInference(model, 1)) {
      List<CompletableFuture<BatchResult>> abandoned = submit(inference, video, List.of(LAX));
      abandoned.forEach(result -> result.cancel(false));

      List<BatchResult> again =
          submit(inference, video, List.of(LAX)).stream().map(CompletableFuture::join).toList();

      assertThat(frames(again)).extracting(FrameResult::index).isEqualTo(indices());
    }
  }

  @Test
  void shouldSayNothingOfABatchWhoseFailurePasses() {
    IllegalStateException away = new IllegalStateException("the store doesn't answer");
    try (Model model = Model.load(tiny("colours-v8.onnx"));
        BatchInference inference = new BatchInference(model, 1, new WorkerTimes(), away::equals)) {
      CompletableFuture<BatchResult> putOff = submitFailing(inference, away);
      CompletableFuture<BatchResult> failed =
          submitFailing(inference, new IllegalStateException("the batch is odd"));

      assertThatThrownBy(putOff::join).isInstanceOf(CompletionException.class).hasCause(away);
      assertThat(failed.join().failure()).contains(new Failure("BATCH_FAILED", "the batch is odd"));
      assertThat(
              frames(
                  submit(inference, video, List.of(LAX)).stream()
                      .map(CompletableFuture::join)
                      .toList()))
          .as("the worker goes on")
          .hasSize(FRAMES);
    }
  }

  private static CompletableFuture<BatchResult> submitFailing(
      BatchInference inference, RuntimeException cause) {
    return Requests.submit(
        inference,
        new InferenceRequest(
            video.stream(),
            0,
            0,
            1,
            () -> {
              throw cause;
            },
            Optional.empty(),
            List.of(Criteria.of(LAX))));
  }

  @Test
  void shouldAbandonEverythingWhenItIsClosed() {
    List<CompletableFuture<BatchResult>> results;
    BatchInference closed;
    try (Model model = Model.load(tiny("colours-v8.onnx"));
        BatchInference inference = new BatchInference(model, 2)) {
      results = submit(inference, video, List.of(LAX));
      closed = inference;
    }

    assertThat(results).allMatch(CompletableFuture::isDone);
    assertThat(submit(closed, video, List.of(LAX))).allMatch(CompletableFuture::isCancelled);
  }

  private static List<BatchResult> infer(
      String modelName, int workers, Cut video, List<Thresholds> runs) {
    return infer(tiny(modelName), workers, video, runs);
  }

  private static List<BatchResult> infer(
      Path modelFile, int workers, Cut video, List<Thresholds> runs) {
    try (Model model = Model.load(modelFile);
        BatchInference inference = new BatchInference(model, workers)) {
      return submit(inference, video, runs).stream().map(CompletableFuture::join).toList();
    }
  }

  private static List<CompletableFuture<BatchResult>> submit(
      BatchInference inference, Cut video, List<Thresholds> runs) {
    return video.batches().stream()
        .map(batch -> Requests.submit(inference, video.stream(), batch, runs))
        .toList();
  }

  private static List<FrameResult> frames(List<BatchResult> results) {
    return results.stream().flatMap(result -> result.frames().stream()).toList();
  }

  private static List<Long> indices() {
    List<Long> indices = new ArrayList<>();
    for (long index = 0; index < FRAMES; index++) {
      indices.add(index);
    }
    return indices;
  }

  private static VideoPacket withData(VideoPacket packet, byte[] data) {
    return new VideoPacket(
        packet.pts(),
        packet.dts(),
        packet.duration(),
        packet.flags(),
        packet.frame(),
        packet.restart(),
        ByteBuffer.wrap(data),
        packet.sideData());
  }

  private static PacketBatch withPackets(PacketBatch batch, List<VideoPacket> packets) {
    return new PacketBatch(
        batch.sequence(),
        batch.firstFrame(),
        batch.expectedFrames(),
        batch.originPts(),
        batch.damaged(),
        batch.chain(),
        batch.preroll(),
        packets);
  }

  private static VideoStream withCodec(VideoStream stream, String codec) {
    return new VideoStream(
        stream.index(),
        codec,
        stream.codecTag(),
        stream.pixelFormat(),
        stream.width(),
        stream.height(),
        stream.profile(),
        stream.level(),
        stream.videoDelay(),
        stream.fieldOrder(),
        stream.bitsPerCodedSample(),
        stream.bitsPerRawSample(),
        stream.colorRange(),
        stream.colorSpace(),
        stream.colorPrimaries(),
        stream.colorTransfer(),
        stream.chromaLocation(),
        stream.sampleAspectRatio(),
        stream.timeBase(),
        stream.frameRate(),
        stream.extradata(),
        stream.displayMatrix(),
        stream.estimatedFrames());
  }
}
