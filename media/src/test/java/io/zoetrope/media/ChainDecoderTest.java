package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.media.BatchedDecode.Frame;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With records so small that chains begin soon, and in GOPs past 256 packets. */
class ChainDecoderTest {
  @ParameterizedTest(name = "{0} in batches of {1} and {2} bytes")
  @CsvSource({
    "bangkok-360p.mp4, 32, 100000",
    "derived-h264-editlist.mp4, 16, 20000",
    "h264-open-gop.mp4, 8, 8000",
    "h264-many-references.mp4, 8, 8000",
    "h264-mbaff-open-gop.ts, 8, 8000",
    "h264-fields.mp4, 8, 8000",
    "h264-intra-refresh.mp4, 4, 8000",
    "h264-open-gop.h264, 8, 8000",
    "variable-frame-rate.mp4, 8, 8000",
    "edit-list-start.mp4, 8, 8000",
    "jumping-back.ts, 8, 8000",
    "hevc-one-gop.mkv, 8, 8000",
    "hevc-open-gop.mp4, 8, 8000",
    "hevc-temporal-layers.mp4, 8, 8000",
    "mpeg1-open-gop.mpg, 4, 8000",
    "mpeg2-low-delay.ts, 4, 8000",
    "mpeg4-b-frames.avi, 4, 8000",
    "vp8-alt-ref.webm, 4, 8000",
    "vp9-alt-ref.webm, 4, 8000",
    "av1-svt.mp4, 4, 8000",
    "svq1.mov, 4, 8000",
    "long-gop-mpeg4.avi, 0, 6291456",
    "long-gop-vp9.webm, 32, 6291456"
  })
  void shouldGiveThePicturesOfASequentialDecode(String name, int target, int maxBytes)
      throws Exception {
    Path file = file(name);
    List<Reference.Picture> expected = Reference.of(file).pictures();

    BatchedDecode actual = BatchedDecode.of(file, options(target, maxBytes), 2);

    assertThat(actual.chained()).isGreaterThan(2);
    assertThat(actual.frames())
        .extracting(Frame::hash)
        .isEqualTo(expected.stream().map(Reference.Picture::hash).toList());
    assertThat(actual.outcomes())
        .extracting(FrameOutcome::status)
        .containsOnly(FrameOutcome.Status.DECODED)
        .hasSize(expected.size());
  }

  @ParameterizedTest(name = "{0} in batches of {1} and {2} bytes")
  @CsvSource({
    "long-gop-h264.mp4, 32, 6291456",
    "long-gop-hevc.mkv, 32, 6291456",
    "long-gop-mbaff.mkv, 0, 6291456",
    "edit-list-start.mp4, 8, 8000"
  })
  void shouldTakeAChainUpAtAnyBatchAndGiveItsFramesAgain(String name, int target, int maxBytes)
      throws Exception {
    Path file = file(name);
    CutOptions options = options(target, maxBytes);
    ChainSource original = BatchedDecode.original(file, options);
    List<PacketBatch> batches = chained(file, options);
    List<List<Frame>> expected = new ArrayList<>();
    try (ChainDecoder decoder = new ChainDecoder(stream(file), original)) {
      for (PacketBatch batch : batches) {
        expected.add(decode(decoder, batch));
      }
    }

    for (int i = 0; i + 1 < batches.size(); i += 3) {
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
  void shouldAccountForDamageAsADecoderOfTheWholeDoes() throws Exception {
    Path file = SharedMedia.file("corrupted.mp4");
    CutOptions options = options(4, 60_000);
    List<FrameOutcome> expected = BatchedDecode.of(file, CutOptions.DEFAULT, 1).outcomes();
    List<FrameOutcome> caughtUp = new ArrayList<>();
    for (PacketBatch batch : chained(file, options)) {
      try (ChainDecoder decoder =
          new ChainDecoder(stream(file), BatchedDecode.original(file, options))) {
        caughtUp.addAll(decoder.decode(batch, DecodedFrame::close, () -> false));
      }
    }

    BatchedDecode live = BatchedDecode.of(file, options, 2);

    assertThat(live.chained()).isEqualTo(4);
    assertThat(live.outcomes()).isEqualTo(expected);
    assertThat(expected).containsAll(caughtUp);
  }

  @Test
  void shouldReleaseItsDecoderBehindTheLastBatchOfAChain() throws Exception {
    Path file = file("h264-open-gop.mp4");
    CutOptions options = options(8, 8000);
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
    Path file = file("long-gop-h264.mp4");
    CutOptions options = options(32, 6 << 20);
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
    Path file = file("long-gop-h264.mp4");
    PacketBatch batch = chained(file, options(32, 6 << 20)).get(6);
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

  private static Path file(String name) throws IOException {
    return Variant.isName(name) ? VariantStudio.file(name) : SharedMedia.file(name);
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
