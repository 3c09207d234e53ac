package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the shared videos show, on a video of variable frame rate that the module makes itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedVideoTest {
  private static final int FRAMES = GeneratedVideo.FRAMES;

  private Path video;

  @BeforeAll
  void encode(@TempDir Path folder) throws IOException {
    video = GeneratedVideo.write(folder.resolve("generated.mp4"));
  }

  @ParameterizedTest(name = "in batches of {0} with {1} threads")
  @CsvSource({"1, 1", "8, 1", "8, 2", "25, 1", "0, 2"})
  void shouldGiveThePicturesOfASequentialDecode(int target, int threads) throws Exception {
    List<Reference.Picture> expected = Reference.of(video).pictures();

    BatchedDecode actual =
        BatchedDecode.of(video, CutOptions.DEFAULT.withTargetFrames(target), threads);

    assertThat(actual.frames())
        .extracting(BatchedDecode.Frame::hash)
        .isEqualTo(expected.stream().map(Reference.Picture::hash).toList());
    assertThat(actual.frames())
        .extracting(BatchedDecode.Frame::ptsMicros)
        .isEqualTo(
            LongStream.range(0, FRAMES)
                .map(frame -> 1000 * GeneratedVideo.pts(frame))
                .boxed()
                .toList());
    assertThat(actual.summary().durationMicros())
        .isGreaterThan(1000 * GeneratedVideo.pts(FRAMES - 1));
  }

  @Test
  void shouldGiveTheSameBatchesEveryTime() throws IOException {
    assertThat(batches(CutOptions.DEFAULT.withTargetFrames(8)))
        .isEqualTo(batches(CutOptions.DEFAULT.withTargetFrames(8)));
  }

  @Test
  void shouldSayThatAFileIsCutOffAfterThePacketsThatItStillHas() throws IOException {
    byte[] whole = Files.readAllBytes(video);
    byte[] half = Arrays.copyOf(whole, whole.length / 2);

    try (VideoCutter cutter =
        VideoCutter.open(new BytesChannel(half), "half.mp4", CutOptions.DEFAULT)) {
      cutter.forEachRemaining(batch -> {});
      CutSummary summary = cutter.summary();
      assertThat(summary.packets().read()).isBetween(1L, FRAMES - 1L);
      assertThat(summary.readError())
          .contains(
              "the file ends after %d of the %d packets in its index"
                  .formatted(summary.packets().read(), FRAMES));
    }
  }

  @Test
  void shouldStopDecodingWhenTheSinkFails() throws IOException {
    List<Long> seen = new ArrayList<>();
    try (SeekableByteChannel channel = SharedMedia.open(video);
        VideoCutter cutter = VideoCutter.open(channel, "generated.mp4", CutOptions.DEFAULT);
        BatchDecoder decoder = new BatchDecoder(cutter.stream(), 1)) {
      PacketBatch batch = cutter.next();
      assertThatThrownBy(
              () ->
                  decoder.decode(
                      batch,
                      frame -> {
                        try (frame) {
                          seen.add(frame.index());
                          throw new IllegalStateException("no more room");
                        }
                      }))
          .hasMessage("no more room");
    }
    assertThat(seen).containsExactly(0L);
  }

  private List<PacketBatch> batches(CutOptions options) throws IOException {
    List<PacketBatch> batches = new ArrayList<>();
    try (SeekableByteChannel channel = SharedMedia.open(video);
        VideoCutter cutter = VideoCutter.open(channel, "generated.mp4", options)) {
      cutter.forEachRemaining(batches::add);
    }
    return batches;
  }
}
