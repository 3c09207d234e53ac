package io.zoetrope.media;

import io.zoetrope.media.CodedPicture.Shows;
import java.util.List;
import java.util.Optional;

/**
 * One look along a window for the place where its first batch ends. What was found is kept until
 * the best of it can be told; where more packets must be seen first, the look is resumed.
 */
final class CutSearch {
  /**
   * How many packets a tail may have at most: no codec reorders over more than 16 frames, or 32
   * fields.
   */
  private static final int REACH = 64;

  /** However little sense its packets make, a stream is cut before more than this is held. */
  private static final long HOPELESS_BYTES = 64L << 20;

  private static final int UNKNOWN = -1;
  private static final int IMPOSSIBLE = -2;

  private final CutRule rule;
  private final List<CutPacket> window;
  private final int videoDelay;
  private final BatchStart start;
  private BatchStart place;
  private long bytes;
  private int at;
  private int lastAnchor;
  private Cut gops;
  private Cut inside;
  private Cut lastThatFits;
  private Cut first;

  /**
   * Starts at the head of a window that isn't empty.
   *
   * @param start what the batch brings beside the window
   * @param videoDelay frames that the decoder holds back at least
   */
  CutSearch(CutRule rule, List<CutPacket> window, BatchStart start, int videoDelay) {
    this.rule = rule;
    this.window = window;
    this.videoDelay = videoDelay;
    this.start = start;
    place = start;
    bytes = start.prerollBytes();
    pass(window.get(0));
  }

  /**
   * Looks on.
   *
   * @param ended whether no packet follows the window
   * @return empty if more packets must be seen first
   */
  Optional<Cut> resume(boolean ended) {
    for (; at < window.size(); pass(window.get(at))) {
      CutPacket packet = window.get(at);
      boolean anchor = isAnchor(packet);
      if (packet.randomAccess() || (anchor && at >= start.overlap())) {
        boolean chained = !packet.randomAccess() && place.needsChain(rule.maxBatchBytes());
        int tailEnd = chained ? chainTail(ended) : leadingTail(ended);
        if (tailEnd == UNKNOWN) {
          return Optional.empty();
        }
        lastAnchor = anchor ? at : lastAnchor;
        if (tailEnd != IMPOSSIBLE) {
          Cut cut = new Cut(at, tailEnd, chained);
          consider(cut);
          if (packet.randomAccess() && (start.inChain() || jumped(packet))) {
            return best(cut);
          }
        }
      }
      if (isSettled()) {
        return best(null);
      }
    }
    return ended ? best(new Cut(at, at, false)) : Optional.empty();
  }

  private void pass(CutPacket packet) {
    bytes += packet.bytes();
    place = place.after(packet);
    at++;
  }

  /**
   * Without an anchor for long, timestamps are astray: any picture but a B will do, and at last any
   * packet.
   */
  private boolean isAnchor(CutPacket packet) {
    int since = at - lastAnchor;
    boolean astray =
        since >= rule.longestWithoutAnchor()
            && packet.picture().shows() == Shows.FRAME
            && !packet.picture().bidirectional();
    boolean hopeless = since >= 2 * rule.longestWithoutAnchor() || bytes > HOPELESS_BYTES;
    return packet.place().anchor() || astray || hopeless;
  }

  private boolean jumped(CutPacket packet) {
    return packet.place().epoch() != window.get(0).place().epoch();
  }

  private void consider(Cut cut) {
    first = first == null ? cut : first;
    if (!fits(cut)) {
      return;
    }
    lastThatFits = cut;
    if (window.get(at).randomAccess() && rule.mayEndAtGop(at) && isNearer(at)) {
      gops = cut;
    }
    if (rule.mayEndInside(at) && inside == null) {
      inside = cut;
    }
  }

  private boolean isNearer(int length) {
    return gops == null || rule.distance(length) < rule.distance(gops.length());
  }

  private boolean fits(Cut cut) {
    long tail = 0;
    for (int i = cut.length(); i < cut.tailEnd(); i++) {
      tail += window.get(i).bytes();
    }
    return bytes + tail <= rule.maxBatchBytes();
  }

  /** Whether nothing farther on can be better than what has been found so far. */
  private boolean isSettled() {
    boolean gopsSettled = gops != null && rule.isNearest(rule.distance(gops.length()), at);
    boolean insideSettled = inside != null && rule.isTooLong(at + 1);
    boolean full = bytes > rule.maxBatchBytes() && first != null;
    return gopsSettled || insideSettled || full;
  }

  /** {@code end}, if not null, is as good a place as a random-access point. */
  private Optional<Cut> best(Cut end) {
    boolean endFits = end != null && fits(end);
    if (endFits && !rule.isTooLong(end.length()) && isNearer(end.length())) {
      return Optional.of(end);
    }
    if (gops != null) {
      return Optional.of(gops);
    }
    if (inside != null) {
      return Optional.of(inside);
    }
    if (endFits) {
      return Optional.of(end);
    }
    if (lastThatFits != null) {
      return Optional.of(lastThatFits);
    }
    return Optional.of(first == null ? end : first);
  }

  /** Where the frames end that lead the random-access point here, if it is one. */
  private int leadingTail(boolean ended) {
    CutPacket leader = window.get(at);
    if (!leader.randomAccess() || !leader.picture().leadingMayFollow()) {
      return at;
    }
    int tailEnd = at;
    for (int i = at + 1; i <= at + REACH; i++) {
      if (i == window.size()) {
        return ended ? tailEnd : UNKNOWN;
      }
      CutPacket packet = window.get(i);
      if (packet.randomAccess()) {
        break;
      }
      if (packet.shown() && packet.picture().needsPast() && packet.precedes(leader)) {
        tailEnd = i + 1;
      }
    }
    return tailEnd;
  }

  /**
   * Where so many frames have followed that the decoder gives out those before the cut without
   * being drained. One that holds back more than it said is allowed for as far as the stream has
   * shown it, and one frame more. No tail may reach a random-access point: the chain ends there.
   */
  private int chainTail(boolean ended) {
    int shown = 0;
    for (int i = at; i < window.size(); i++) {
      CutPacket packet = window.get(i);
      if (packet.randomAccess()) {
        return IMPOSSIBLE;
      }
      if (packet.picture().shows() == Shows.FRAME) {
        int heldBack = Math.max(1, Math.max(videoDelay, packet.place().reordered()));
        if (shown > heldBack) {
          return i;
        }
        shown++;
      }
      if (i == at + REACH) {
        return i;
      }
    }
    return ended ? IMPOSSIBLE : UNKNOWN;
  }
}
