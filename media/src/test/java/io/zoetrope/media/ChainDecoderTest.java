package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.media.BatchedDecode.Frame;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records so small that chains begin soon, as they otherwise do only in GOPs past 256 packets. */
class ChainDecoderTest {
  @ParameterizedTest(name = "{0} in batches of {1} and {2} bytes")
  @CsvSource({
    "bangkok-360p.mp4, 32, 100000",
    "derived-h264-opengop.mp4, 8, 20000",
    "derived-h264-opengop.mp4, 32, 50000",
    "derived-h264-editlist.mp4, 16, 20000",
    "derived-h264-vfr.mp4, 32, 50000",
    "h264_10bits.mp4, 4, 20000",
    "mpeg1.mpg, 2, 20000",
    "nasa_13013.mp4, 16, 20000",
    "av1_video.mkv, 8, 20000",
    "traffic-720p.mp4, 16, 200000"
  })
  void shouldGiveThePicturesOfASequentialDecode(String name, int target, int maxBytes)
      throws Exception {
    Path file = SharedMedia.file(name);
    List<Reference.Picture> expected = Reference.of(file).pictures();

    BatchedDecode actual = BatchedDecode.of(file, options(target, maxBytes), 1);

    assertThat(actual.chained()).isGreaterThan(2);
    assertThat(actual.frames())
        .extracting(Frame::hash)
        .isEqualTo(expected.stream().map(Reference.Picture::hash).toList());
    assertThat(actual.outcomes())
        .extracting(FrameOutcome::status)
        .containsOnly(FrameOutcome.Status.DECODED)
        .hasSize(expected.size());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "derived-h264-opengop.mp4, 8, 20000",
    "derived-h264-editlist.mp4, 8, 40000",
    "bangkok-360p.mp4, 32, 200000"
  })
  void shouldTakeAChainUpAtAnyBatchAndGiveItsFramesAgain(String name, int target, int maxBytes)
      throws Exception {
    Path file = SharedMedia.file(name);
    CutOptions options = options(target, maxBytes);
    ChainSource original = BatchedDecode.original(file, options);
    List<PacketBatch> batches = chained(file, options);
    List<List<Frame>> expected = new ArrayList<>();
    try (ChainDecoder decoder = new ChainDecoder(stream(file), original)) {
      for (PacketBatch batch : batches) {
        expected.add(decode(decoder, batch));
      }
    }

    for (int i = 0; i + 1 < batches.size(); i += 8) {
      try (ChainDecoder another = new ChainDecoder(stream(file), original)) {
        assertThat(decode(another, batches.get(i))).isEqualTo(expected.get(i));
        assertThat(decode(another, batches.get(i + 1))).isEqualTo(expected.get(i + 1));
        assertThat(decode(another, batches.get(i))).isEqualTo(expected.get(i));
        assertThat(decode(another, batches.get(i))).isEqualTo(expected.get(i));
        int later = Math.min(i + 4, batches.size() - 1);
        assertThat(decode(another, batches.get(later))).isEqualTo(expected.get(later));
      }
    }
  }

  @Test
  void shouldReleaseItsDecoderBehindTheLastBatchOfAChain() throws Exception {
    Path file = SharedMedia.file("derived-h264-opengop.mp4");
    CutOptions options = options(8, 20_000);
    try (ChainDecoder decoder =
        new ChainDecoder(stream(file), BatchedDecode.original(file, options))) {
      for (PacketBatch batch : chained(file, options)) {
        decode(decoder, batch);
        assertThat(decoder.isLive()).isEqualTo(!batch.chain().orElseThrow().last());
      }
    }
  }

  @Test
  void shouldBeAbandonableOnTheWayToABatchAndGoOnAfterwards() throws Exception {
    Path file = SharedMedia.file("bangkok-360p.mp4");
    CutOptions options = options(32, 200_000);
    PacketBatch batch = chained(file, options).get(6);
    AtomicInteger asked = new AtomicInteger();
    try (ChainDecoder decoder =
        new ChainDecoder(stream(file), BatchedDecode.original(file, options))) {
      assertThatThrownBy(
              () -> decoder.decode(batch, DecodedFrame::close, () -> asked.incrementAndGet() > 50))
          .isInstanceOf(CancellationException.class);
      assertThat(asked).hasValue(51);
      assertThat(decoder.isLive()).isFalse();

      assertThat(decode(decoder, batch)).hasSize(batch.expectedFrames());
    }
  }

  @Test
  void shouldRefuseAnOriginalThatGivesOtherBatches() throws Exception {
    Path file = SharedMedia.file("bangkok-360p.mp4");
    PacketBatch batch = chained(file, options(32, 200_000)).get(6);
    try (ChainDecoder decoder =
        new ChainDecoder(stream(file), BatchedDecode.original(file, CutOptions.DEFAULT))) {
      assertThatThrownBy(() -> decode(decoder, batch))
          .isInstanceOfSatisfying(
              MediaException.class,
              e -> assertThat(e.code()).isEqualTo(MediaException.Code.MEDIA_UNREADABLE))
          .hasMessageContaining("check that it is unchanged");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 100", "32, 159"})
  void shouldDecodeAtMostTwoPacketsPerFrameOfALongGop(int target, int percent) {
    StringBuilder script = new StringBuilder("I0 ");
    for (int pts = 1; pts < 1500; pts++) {
      script.append('P').append(pts).append(' ');
    }

    List<PacketBatch> batches =
        PacketScript.cut(
            PacketScript.of(script.toString()), CutOptions.DEFAULT.withTargetFrames(target));

    long decoded = 0;
    for (PacketBatch batch : batches) {
      decoded += batch.allPackets().count() - batch.chain().map(ChainLink::overlap).orElse(0);
    }
    assertThat(100 * decoded / 1500).isEqualTo(percent);
  }

  private static CutOptions options(int target, int maxBytes) {
    return new CutOptions(target, maxBytes, CutOptions.BEST_STREAM, Sampling.EVERY_FRAME);
  }

  private static VideoStream stream(Path file) throws Exception {
    try (SeekableByteChannel channel = SharedMedia.open(file);
        VideoCutter cutter = VideoCutter.open(channel, file.toString(), CutOptions.DEFAULT)) {
      return cutter.stream();
    }
  }

  private static List<PacketBatch> chained(Path file, CutOptions options) throws Exception {
    List<PacketBatch> batches = new ArrayList<>();
    try (SeekableByteChannel channel = SharedMedia.open(file);
        VideoCutter cutter = VideoCutter.open(channel, file.toString(), options)) {
      cutter.forEachRemaining(batches::add);
    }
    return batches.stream().filter(batch -> batch.chain().isPresent()).toList();
  }

  private static List<Frame> decode(ChainDecoder decoder, PacketBatch batch) {
    List<Frame> frames = new ArrayList<>();
    decoder.decode(batch, frame -> frames.add(Frame.of(frame)), () -> false);
    return frames;
  }
}
