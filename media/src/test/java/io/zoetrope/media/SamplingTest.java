package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.media.BatchedDecode.Frame;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sampled are frames of the whole video, at the times that they have there. */
class SamplingTest {
  private static final Map<Path, BatchedDecode> WHOLE = new ConcurrentHashMap<>();

  @ParameterizedTest(name = "{0} at {1}/{2} frames per second")
  @CsvSource({
    "mpeg1.mpg, 2, 1, 8, 44",
    "h265_video.mp4, 6, 1, 6, 8",
    "h264-open-gop.mp4, 3, 10, 2, 11",
    "h264-open-gop.mp4, 12, 1, 48, 87",
    "h264-open-gop.mp4, 100, 1, 100, 107",
    "h264-open-gop.h264, 4, 1, 16, 61",
    "h264-many-references.mp4, 30000, 7007, 17, 48",
    "h264-intra-refresh.mp4, 3, 1, 12, 93",
    "h264-fields.mp4, 3, 1, 7, 42",
    "h264-mbaff-open-gop.ts, 3, 1, 12, 55",
    "variable-frame-rate.mp4, 5, 1, 20, 41",
    "edit-list-start.mp4, 2, 1, 7, 37",
    "one-frame-a-minute.mp4, 1, 200, 15, 30",
    "far-from-zero.ts, 3, 1, 12, 55",
    "wrapping.ts, 3, 1, 12, 55",
    "jumping-back.ts, 3, 1, 37, 168",
    "hevc-open-gop.mp4, 3, 2, 6, 36",
    "hevc-radl.mp4, 3, 1, 12, 45",
    "hevc-temporal-layers.mp4, 5, 1, 20, 58",
    "mpeg1-open-gop.mpg, 4, 1, 16, 43",
    "mpeg2.m2v, 2, 1, 8, 30",
    "mpeg4-b-frames.avi, 6, 1, 24, 48",
    "vp9-alt-ref.webm, 2, 1, 8, 84",
    "av1-svt.mp4, 2, 1, 8, 84",
    "prores.mov, 5, 1, 20, 20",
    "growing.ts, 3, 1, 24, 112",
    "long-gop-h264.mp4, 1, 2, 13, 324",
    "long-gop-hevc.mkv, 2, 1, 52, 257",
    "long-gop-mpeg4.avi, 1, 1, 26, 220",
    "long-gop-vp9.webm, 1, 3, 9, 601"
  })
  void shouldTakeTheFirstFrameOfEachSlot(
      String name, int numerator, int denominator, int frames, int packetsDecoded)
      throws Exception {
    Path file = file(name);
    BatchedDecode whole = whole(file);
    Rational rate = new Rational(numerator, denominator);
    List<Frame> expected = firstOfEachSlot(whole, rate);
    CutOptions options = CutOptions.DEFAULT.withSampling(Sampling.atMost(rate));

    BatchedDecode actual = BatchedDecode.of(file, options, 1);

    assertIsSampled(actual, whole, expected);
    assertIsSampled(BatchedDecode.of(file, options.withTargetFrames(8), 2), whole, expected);
    assertIsSampled(BatchedDecode.of(file, inChains(options, 64), 2), whole, expected);
    assertThat(actual.frames()).hasSize(frames);
    assertThat(actual.packetsDecoded()).isEqualTo(packetsDecoded);
  }

  @Test
  void shouldBringLongStretchesWithoutAFrameInBatchesOfTheirOwn() throws Exception {
    Path file = file("long-gop-h264.mp4");
    Rational rate = new Rational(1, 9);
    CutOptions options = CutOptions.DEFAULT.withSampling(Sampling.atMost(rate));

    BatchedDecode actual = BatchedDecode.of(file, inChains(options, 32), 2);

    assertIsSampled(actual, whole(file), firstOfEachSlot(whole(file), rate));
    try (SeekableByteChannel channel = SharedMedia.open(file);
        VideoCutter cutter = VideoCutter.open(channel, file.toString(), inChains(options, 32))) {
      List<PacketBatch> batches = new ArrayList<>();
      cutter.forEachRemaining(batches::add);
      assertThat(batches)
          .extracting(PacketBatch::expectedFrames)
          .containsExactly(1, 0, 0, 1, 0, 0, 0, 1);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "derived-h264-editlist.mp4, 13",
    "car-detection.mp4, 7",
    "h264-open-gop.mp4, 5",
    "h264-open-gop.h264, 5",
    "h264-all-intra.mp4, 100",
    "h264-fields.mp4, 10",
    "edit-list-start.mp4, 4",
    "hevc-open-gop.mp4, 5",
    "hevc-open-gop.hevc, 5",
    "mpeg1-open-gop.mpg, 7",
    "mpeg4-b-frames.avi, 6",
    "vp8-alt-ref.webm, 3",
    "vp9-alt-ref.webm, 3",
    "av1-libaom.mkv, 3",
    "prores.mov, 100",
    "growing.ts, 10",
    "long-gop-h264.mp4, 1"
  })
  void shouldTakeKeyframesAlone(String name, int keyframes) throws Exception {
    Path file = file(name);
    BatchedDecode whole = whole(file);
    List<Frame> expected = whole.frames().stream().filter(Frame::key).toList();

    for (int target : new int[] {CutOptions.WHOLE_GOPS, 8, 1}) {
      CutOptions options =
          CutOptions.DEFAULT.withTargetFrames(target).withSampling(Sampling.KEYFRAMES);
      BatchedDecode actual = BatchedDecode.of(file, options, 2);
      assertIsSampled(actual, whole, expected);
      assertThat(actual.packetsDecoded()).isEqualTo(keyframes);
    }
  }

  /** With records so small that chains begin soon. */
  private static CutOptions inChains(CutOptions options, int target) {
    return new CutOptions(target, 20_000, CutOptions.BEST_STREAM, options.sampling());
  }

  private static void assertIsSampled(
      BatchedDecode actual, BatchedDecode whole, List<Frame> expected) {
    assertThat(actual.frames())
        .extracting(Frame::hash)
        .isEqualTo(expected.stream().map(Frame::hash).toList());
    assertThat(actual.frames())
        .extracting(Frame::ptsMicros)
        .isEqualTo(expected.stream().map(Frame::ptsMicros).toList());
    assertThat(actual.frames())
        .extracting(Frame::index)
        .isEqualTo(LongStream.range(0, expected.size()).boxed().toList());
    assertThat(actual.outcomes())
        .extracting(FrameOutcome::status)
        .containsOnly(FrameOutcome.Status.DECODED)
        .hasSize(expected.size());
    assertThat(actual.originPts()).isEqualTo(whole.originPts());
    assertThat(actual.summary().durationMicros()).isEqualTo(whole.summary().durationMicros());
    PacketCounts packets = actual.summary().packets();
    assertThat(packets.expected()).isEqualTo(expected.size());
    assertThat(packets.unsampled()).isEqualTo(whole.frames().size() - expected.size());
    assertThat(packets.read()).isEqualTo(whole.summary().packets().read());
  }

  private static List<Frame> firstOfEachSlot(BatchedDecode whole, Rational rate) {
    List<Frame> chosen = new ArrayList<>();
    Rational timeBase = whole.stream().timeBase();
    Optional<Long> last = Optional.empty();
    for (Frame frame : whole.frames()) {
      long slot =
          Math.floorDiv(
              (frame.pts() - whole.originPts()) * timeBase.numerator() * rate.numerator(),
              (long) timeBase.denominator() * rate.denominator());
      if (last.isEmpty() || last.get() != slot) {
        chosen.add(frame);
      }
      last = Optional.of(slot);
    }
    return chosen;
  }

  private static BatchedDecode whole(Path file) throws Exception {
    BatchedDecode known = WHOLE.get(file);
    if (known == null) {
      known = BatchedDecode.of(file, CutOptions.DEFAULT, 1);
      assertThat(known.frames())
          .extracting(Frame::hash)
          .isEqualTo(Reference.of(file).pictures().stream().map(Reference.Picture::hash).toList());
      WHOLE.put(file, known);
    }
    return known;
  }

  private static Path file(String name) throws IOException {
    return Variant.isName(name) ? VariantStudio.file(name) : SharedMedia.file(name);
  }

  @Test
  void shouldEstimateHowManyFramesWillBeWanted() {
    Rational rate = new Rational(30_000, 1001);

    assertThat(Sampling.EVERY_FRAME.estimate(900, rate)).isEqualTo(900);
    assertThat(Sampling.atMost(new Rational(1, 2)).estimate(900, rate)).isEqualTo(16);
    assertThat(Sampling.atMost(new Rational(60, 1)).estimate(900, rate)).isEqualTo(900);
    assertThat(Sampling.atMost(new Rational(1, 2)).estimate(900, Rational.UNKNOWN)).isZero();
    assertThat(Sampling.KEYFRAMES.estimate(900, rate)).isZero();
  }
}
