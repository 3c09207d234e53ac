package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.media.BatchedDecode.Frame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sampled are frames of the whole video, at the times that they have there. */
class SamplingTest {
  private static final Map<Path, BatchedDecode> WHOLE = new ConcurrentHashMap<>();

  @TempDir static Path folder;

  @ParameterizedTest(name = "{0} at {1}/{2} frames per second")
  @CsvSource({
    "derived-h264-opengop.mp4, 1, 1, 19, 156",
    "derived-h264-opengop.mp4, 3, 10, 6, 54",
    "derived-h264-opengop.mp4, 12, 1, 222, 379",
    "derived-h264-opengop.mp4, 100, 1, 462, 479",
    "derived-h264-editlist.mp4, 1, 1, 16, 160",
    "derived-h264-editlist.mp4, 30000, 1001, 379, 407",
    "derived-h264-vfr.mp4, 5, 1, 230, 267",
    "derived-h264-vfr.mp4, 1, 3, 22, 158",
    "mpeg1.mpg, 2, 1, 8, 44",
    "mpeg1.mpg, 9, 1, 33, 96",
    "h265_video.mp4, 6, 1, 6, 8",
    "av1_video.mkv, 2, 1, 10, 114",
    "hevc.matroska, 3, 2, 14, 138",
    "raw.h264, 4, 1, 24, 90",
    "raw.mpeg1video, 4, 1, 8, 44"
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

    assertThat(actual.frames()).hasSize(frames);
    assertIsSampled(actual, whole, expected);
    assertThat(actual.packetsDecoded()).isEqualTo(packetsDecoded);
    if (actual.stream().height() < 1080) {
      assertIsSampled(BatchedDecode.of(file, options.withTargetFrames(8), 2), whole, expected);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "derived-h264-opengop.mp4, 16",
    "derived-h264-editlist.mp4, 13",
    "derived-h264-vfr.mp4, 5",
    "car-detection.mp4, 7",
    "mpeg1.mpg, 9",
    "h265_video.mp4, 5",
    "av1_video.mkv, 1",
    "hevc.matroska, 2",
    "raw.h264, 6",
    "raw.mpeg1video, 5"
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

  /** A shared video, or one without timestamps or shorter than it. */
  private static Path file(String name) {
    Path made = folder.resolve(name);
    if (!WHOLE.containsKey(made)) {
      switch (name) {
        case "hevc.matroska" ->
            Remux.firstPackets(
                SharedMedia.file("retail-1080p-hevc-opengop.mp4"), made, "matroska", 280);
        case "raw.h264" ->
            Remux.firstPackets(SharedMedia.file("derived-h264-opengop.mp4"), made, "h264", 150);
        case "raw.mpeg1video" ->
            Remux.firstPackets(SharedMedia.file("mpeg1.mpg"), made, "mpeg1video", 60);
        default -> made = SharedMedia.file(name);
      }
    }
    return made;
  }
}
