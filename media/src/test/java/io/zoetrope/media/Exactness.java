package io.zoetrope.media;

import static io.zoetrope.media.VideoPacket.NO_TIMESTAMP;
import static java.util.stream.Collectors.toCollection;

import io.zoetrope.media.BatchedDecode.Frame;
import io.zoetrope.media.FrameOutcome.Status;
import io.zoetrope.media.Reference.Picture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Compares what the batches of a file show with its {@link Reference}.
 *
 * <p>Of a sound file the pictures must be the same, each once, in order and with the same times. A
 * damaged one must show all that the reference shows, at the same times; it may show more, where a
 * batch begins afresh while the one decoder of the reference is still astray. Concealment depends
 * on the context, so pictures are the same up to the first damage only.
 */
final class Exactness {
  /** All pictures can be compared, as far as the decoder doesn't report damage. */
  static final int ALL_SOUND = Integer.MAX_VALUE;

  /** Where more than one in so many pictures lack a pts, all times are nominal. */
  private static final int TOLERATED_SHARE_WITHOUT_PTS = 8;

  private final BatchedDecode batched;
  private final int sound;
  private final boolean nominal;
  private final List<Picture> expected;
  private final List<Frame> actual;
  private final List<String> flaws = new ArrayList<>();

  private Exactness(Reference reference, BatchedDecode batched, int sound) {
    this.batched = batched;
    int beforeDamage = picturesBeforeDamage(batched);
    this.sound = Math.min(sound, beforeDamage);
    List<Picture> pictures = reference.pictures();
    long without = pictures.stream().filter(picture -> picture.pts() == NO_TIMESTAMP).count();
    nominal = without * TOLERATED_SHARE_WITHOUT_PTS > pictures.size();
    boolean astray =
        beforeDamage != ALL_SOUND
            || (sound != ALL_SOUND && pictures.size() != batched.frames().size());
    if (nominal || !astray) {
      expected = pictures;
      actual = batched.frames();
    } else {
      Set<Long> times = pictures.stream().map(Picture::pts).collect(toCollection(HashSet::new));
      expected = pictures.stream().sorted(Comparator.comparingLong(Picture::pts)).toList();
      actual =
          batched.frames().stream()
              .filter(frame -> times.contains(frame.pts()))
              .sorted(Comparator.comparingLong(Frame::pts))
              .toList();
    }
  }

  /**
   * What is to be said of the file.
   *
   * @param sound number of pictures before damage that no decoder can notice; or {@link #ALL_SOUND}
   */
  static Verdict verdict(Reference reference, BatchedDecode batched, int sound) {
    Exactness exactness = new Exactness(reference, batched, sound);
    exactness.checkLedger();
    exactness.checkTimes();
    exactness.checkPictures();
    int more = batched.frames().size() - exactness.actual.size();
    return Verdict.of(batched, exactness.flaws, sound, more);
  }

  /** One outcome per expected frame, and a picture for exactly those that were decoded. */
  private void checkLedger() {
    List<Long> indices = batched.outcomes().stream().map(FrameOutcome::index).toList();
    List<Long> all = LongStream.range(0, batched.summary().expectedFrames()).boxed().toList();
    if (!indices.equals(all)) {
      flaws.add("outcomes of " + indices.size() + " frames, expected " + all.size());
    }
    List<Long> shown = batched.frames().stream().map(Frame::index).toList();
    if (sound != ALL_SOUND) {
      shown = shown.stream().sorted().toList();
    }
    List<Long> decoded =
        batched.outcomes().stream().filter(Exactness::isShown).map(FrameOutcome::index).toList();
    if (!shown.equals(decoded)) {
      flaws.add("other frames, or in another order, than the outcomes say");
    }
  }

  private void checkTimes() {
    if (actual.size() != expected.size()) {
      flaws.add(actual.size() + " pictures, not " + expected.size());
      return;
    }
    for (int i = 0; i < actual.size(); i++) {
      if (!(nominal ? isNominal(actual.get(i)) : isTime(i))) {
        flaws.add(
            "picture %d is at %d (%d µs), where the reference has %d and begins with %d"
                .formatted(
                    i,
                    actual.get(i).pts(),
                    actual.get(i).ptsMicros(),
                    expected.get(i).pts(),
                    expected.get(0).pts()));
        return;
      }
    }
  }

  /** Index × duration of a frame, to within the stream's time base. */
  private boolean isNominal(Frame frame) {
    double micros = frame.index() * 1e6 / batched.stream().frameRate().toDouble();
    return Math.abs(frame.ptsMicros() - micros) <= batched.stream().micros(1) + 1;
  }

  /** The reference's pts; where it has none for once, a time between those of the neighbours. */
  private boolean isTime(int i) {
    Frame frame = actual.get(i);
    long pts = expected.get(i).pts();
    if (pts == NO_TIMESTAMP) {
      return (i == 0 || frame.ptsMicros() > actual.get(i - 1).ptsMicros())
          && (i + 1 == actual.size() || frame.ptsMicros() < actual.get(i + 1).ptsMicros());
    }
    return frame.pts() == pts
        && frame.ptsMicros() == batched.stream().micros(pts - expected.get(0).pts());
  }

  private void checkPictures() {
    List<Integer> different = new ArrayList<>();
    int compared = Math.min(sound, Math.min(actual.size(), expected.size()));
    for (int i = 0; i < compared; i++) {
      if (actual.get(i).hash() != expected.get(i).hash()) {
        different.add(i);
      }
    }
    if (!different.isEmpty()) {
      flaws.add(
          "%d of %d pictures differ, the first is %d"
              .formatted(different.size(), compared, different.get(0)));
    }
  }

  private static int picturesBeforeDamage(BatchedDecode batched) {
    int shown = 0;
    for (FrameOutcome outcome : batched.outcomes()) {
      if (outcome.status() == Status.DAMAGED || outcome.status() == Status.FAILED) {
        // A frame shown shortly before the damaged one may have been decoded after it.
        return Math.max(0, shown - batched.stream().videoDelay());
      }
      shown += isShown(outcome) ? 1 : 0;
    }
    return ALL_SOUND;
  }

  private static boolean isShown(FrameOutcome outcome) {
    return outcome.status() == Status.DECODED || outcome.status() == Status.DAMAGED;
  }
}
