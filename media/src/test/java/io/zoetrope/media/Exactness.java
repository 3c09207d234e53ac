package io.zoetrope.media;

import static io.zoetrope.media.VideoPacket.NO_TIMESTAMP;
import static java.util.stream.Collectors.joining;

import io.zoetrope.media.FrameOutcome.Status;
import io.zoetrope.media.Reference.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * What the batches of a file show, beside its {@link Reference}: {@code exact}, or what of the file
 * is lost; what begins with {@code NOT} is a bug.
 */
final class Exactness {
  private final Reference reference;
  private final BatchedDecode batched;

  private Exactness(Reference reference, BatchedDecode batched) {
    this.reference = reference;
    this.batched = batched;
  }

  static String verdict(Reference reference, BatchedDecode batched) {
    return new Exactness(reference, batched).verdict();
  }

  private String verdict() {
    List<String> flaws = new ArrayList<>();
    checkLedger(flaws);
    checkTimes(flaws);
    checkPictures(flaws);
    if (!flaws.isEmpty()) {
      return "NOT EXACT: " + String.join("; ", flaws);
    }
    List<String> losses = new ArrayList<>();
    long hidden = count(Status.HIDDEN);
    if (hidden > 0) {
      losses.add(hidden + " never shown");
    }
    String damaged = list(Status.DAMAGED);
    if (!damaged.isEmpty()) {
      losses.add("damaged: " + damaged);
    }
    String failed = list(Status.FAILED);
    if (!failed.isEmpty()) {
      losses.add("lost: " + failed);
    }
    batched.summary().readError().ifPresent(losses::add);
    return losses.isEmpty()
        ? "exact"
        : "%d of %d frames; %s"
            .formatted(
                batched.frames().size(), batched.outcomes().size(), String.join("; ", losses));
  }

  /** One outcome per expected frame, and a picture for exactly those that were decoded. */
  private void checkLedger(List<String> flaws) {
    List<Long> indices = batched.outcomes().stream().map(FrameOutcome::index).toList();
    List<Long> all = LongStream.range(0, batched.summary().expectedFrames()).boxed().toList();
    if (!indices.equals(all)) {
      flaws.add("outcomes of " + indices.size() + " frames, expected " + all.size());
    }
    List<Long> decoded =
        batched.outcomes().stream()
            .filter(o -> o.status() == Status.DECODED || o.status() == Status.DAMAGED)
            .map(FrameOutcome::index)
            .toList();
    if (!batched.frames().stream().map(BatchedDecode.Frame::index).toList().equals(decoded)) {
      flaws.add("other frames than the outcomes say");
    }
  }

  private void checkTimes(List<String> flaws) {
    List<Picture> expected = reference.pictures();
    List<BatchedDecode.Frame> actual = batched.frames();
    if (actual.size() != expected.size()) {
      flaws.add(actual.size() + " pictures, not " + expected.size() + firstTimeMissing());
      return;
    }
    long without = expected.stream().filter(p -> p.pts() == NO_TIMESTAMP).count();
    boolean nominal = without * 8 > expected.size();
    for (int i = 0; i < actual.size(); i++) {
      BatchedDecode.Frame frame = actual.get(i);
      long pts = expected.get(i).pts();
      if (nominal) {
        long micros = nominalMicros(frame.index());
        if (Math.abs(frame.ptsMicros() - micros) > batched.stream().micros(1)) {
          flaws.add("picture %d at %d µs, nominally %d".formatted(i, frame.ptsMicros(), micros));
          return;
        }
      } else if (pts == NO_TIMESTAMP) {
        if (frame.ptsMicros() <= actual.get(i - 1).ptsMicros()
            || frame.ptsMicros() >= actual.get(i + 1).ptsMicros()) {
          flaws.add("picture %d at %d µs".formatted(i, frame.ptsMicros()));
          return;
        }
      } else {
        long micros = batched.stream().micros(pts - expected.get(0).pts());
        if (frame.ptsMicros() != micros || frame.pts() != pts) {
          flaws.add(
              "picture %d at %d (%d µs), not %d (%d µs)"
                  .formatted(i, frame.pts(), frame.ptsMicros(), pts, micros));
          return;
        }
      }
    }
  }

  private long nominalMicros(long index) {
    Rational rate = batched.stream().frameRate();
    return Math.round(index * 1e6 * rate.denominator() / rate.numerator());
  }

  private String firstTimeMissing() {
    List<Long> actual = batched.frames().stream().map(BatchedDecode.Frame::pts).toList();
    List<Long> expected = reference.pictures().stream().map(Picture::pts).toList();
    for (int i = 0; i < Math.max(actual.size(), expected.size()); i++) {
      if (i >= actual.size() || i >= expected.size() || !actual.get(i).equals(expected.get(i))) {
        return ", from picture " + i + " on";
      }
    }
    return "";
  }

  /** All must be the same; where there is damage, all that are surely decoded before it. */
  private void checkPictures(List<String> flaws) {
    List<Picture> expected = reference.pictures();
    List<BatchedDecode.Frame> actual = batched.frames();
    long comparable =
        batched.outcomes().stream()
            .takeWhile(o -> o.status() == Status.DECODED || o.status() == Status.HIDDEN)
            .filter(o -> o.status() == Status.DECODED)
            .count();
    if (comparable < actual.size()) {
      comparable -= batched.stream().videoDelay();
    }
    List<Integer> different = new ArrayList<>();
    for (int i = 0; i < Math.min(comparable, expected.size()); i++) {
      if (actual.get(i).hash() != expected.get(i).hash()) {
        different.add(i);
      }
    }
    if (!different.isEmpty()) {
      flaws.add(
          "%d of %d pictures differ, first %d"
              .formatted(different.size(), comparable, different.get(0)));
    }
  }

  private long count(Status status) {
    return batched.outcomes().stream().filter(o -> o.status() == status).count();
  }

  private String list(Status status) {
    return batched.outcomes().stream()
        .filter(o -> o.status() == status)
        .map(o -> String.format(Locale.ROOT, "%d", o.index()))
        .collect(joining(", "));
  }
}
