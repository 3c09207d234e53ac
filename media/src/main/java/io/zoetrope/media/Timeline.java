package io.zoetrope.media;

import static io.zoetrope.media.VideoPacket.NO_TIMESTAMP;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Goes through a stream's shown frames in the order in which they are shown, before anything is cut
 * and hence independent of the cut: gives each its ordinal and its time, finds where time starts,
 * and decides which of them are wanted. Packets come out in decoding order, as they went in.
 */
final class Timeline {
  /** No codec reorders over more frames: the first of so many is not overtaken any more. */
  private static final int MOST_REORDERED = 16;

  /** Where frames are so large, no more of them are held than the decoder is known to reorder. */
  private static final long MOST_BYTES = 8L << 20;

  private static final Rational FALLBACK_RATE = new Rational(25, 1);

  private final VideoStream stream;
  private final boolean timestamps;
  private final long earliestOrigin;
  private final Sampling sampling;
  private final Rational frameDuration;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private final PriorityQueue<Entry> undecided =
      new PriorityQueue<>(
          Comparator.comparingInt((Entry entry) -> entry.packet.place().epoch())
              .thenComparingLong(entry -> entry.packet.place().order())
              .thenComparingLong(entry -> entry.packet.number()));
  private long undecidedBytes;
  private long frames;
  private long wanted;
  private long nextPts = NO_TIMESTAMP;
  private long originPts = NO_TIMESTAMP;
  private long endPts = NO_TIMESTAMP;
  private Optional<BigInteger> lastSlot = Optional.empty();

  /**
   * Starts with the stream's first packet.
   *
   * @param timestamps whether the packets carry a pts; else it is synthesised
   * @param earliestOrigin pts before which no frame is displayed, though some may be expected
   */
  Timeline(VideoStream stream, boolean timestamps, long earliestOrigin, Sampling sampling) {
    this.stream = stream;
    this.timestamps = timestamps;
    this.earliestOrigin = earliestOrigin;
    this.sampling = sampling;
    frameDuration = (stream.frameRate().isKnown() ? stream.frameRate() : FALLBACK_RATE).inverse();
  }

  void add(CutPacket packet) {
    Entry entry = new Entry(packet);
    entries.add(entry);
    if (packet.shown()) {
      undecided.add(entry);
      undecidedBytes += packet.bytes();
      int reordered = Math.max(stream.videoDelay(), packet.place().reordered()) + 1;
      while (undecided.size() > MOST_REORDERED
          || (undecidedBytes > MOST_BYTES && undecided.size() > reordered)) {
        decideFirst();
      }
    }
  }

  /** No packet follows. */
  void end() {
    while (!undecided.isEmpty()) {
      decideFirst();
    }
  }

  /** The next packet of which all is known; {@link CutPacket#shown()} only if it is wanted. */
  Optional<CutPacket> poll() {
    boolean ready = !entries.isEmpty() && entries.peek().decided;
    return ready ? Optional.of(entries.remove().packet) : Optional.empty();
  }

  /** Frames that are shown, wanted or not. */
  long frames() {
    return frames;
  }

  long wanted() {
    return wanted;
  }

  /** The pts of the first frame displayed; known as soon as a shown packet has come out. */
  long originPts() {
    return known(originPts, known(earliestOrigin, 0));
  }

  long durationMicros() {
    return frames == 0 ? 0 : Math.max(0, stream.micros(difference(endPts, originPts())));
  }

  private void decideFirst() {
    Entry entry = undecided.remove();
    CutPacket packet = entry.packet;
    undecidedBytes -= packet.bytes();
    long pts = pts(packet.packet());
    if (originPts == NO_TIMESTAMP && pts >= earliestOrigin) {
      originPts = pts;
    }
    boolean want = isWanted(packet, pts);
    entry.packet = packet.shownAs(frames, pts, want);
    entry.decided = true;
    frames++;
    wanted += want ? 1 : 0;
    long duration = packet.packet().duration();
    nextPts = difference(pts, -(timestamps && duration > 0 ? duration : nominalPts(1)));
    endPts = Math.max(endPts, nextPts);
  }

  /** A single packet without a pts is shown when the one before it ends. */
  private long pts(VideoPacket packet) {
    if (!timestamps) {
      return nominalPts(frames);
    }
    return known(packet.pts(), known(nextPts, known(packet.dts(), 0)));
  }

  private boolean isWanted(CutPacket packet, long pts) {
    if (sampling.keyframesOnly() && !packet.randomAccess()) {
      return false;
    }
    Optional<BigInteger> slot = sampling.slot(difference(pts, originPts()), stream.timeBase());
    boolean another = slot.isEmpty() || !slot.equals(lastSlot);
    lastSlot = slot;
    return another;
  }

  private long nominalPts(long index) {
    return Rational.rescale(index, frameDuration, stream.timeBase());
  }

  /** What no long can hold, as only a hostile file has it, is the nearest that one can. */
  private static long difference(long a, long b) {
    long difference = a - b;
    boolean overflows = ((a ^ b) & (a ^ difference)) < 0;
    return overflows ? (a < 0 ? -Long.MAX_VALUE : Long.MAX_VALUE) : difference;
  }

  private static long known(long time, long otherwise) {
    return time == NO_TIMESTAMP ? otherwise : time;
  }

  private static final class Entry {
    CutPacket packet;
    boolean decided;

    Entry(CutPacket packet) {
      this.packet = packet;
      decided = !packet.shown();
    }
  }
}
