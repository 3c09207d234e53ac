package io.zoetrope.media;

import java.util.List;
import java.util.Optional;

/**
 * Decides where a batch ends. A cut lies before a random-access point or before an anchor; the
 * frame batch design says why these are the places where it may lie.
 */
final class CutRule {
  private static final int LONGEST_GOP = 256;
  private static final int SHORTEST_WHOLE_GOPS = 32;

  /**
   * Farther behind a random-access point nothing is looked for that leads it: no codec reorders
   * over more than 16 frames, or 32 fields.
   */
  private static final int LEADING_REACH = 64;

  /**
   * Where a batch ends.
   *
   * @param length packets of the window that are the batch's own
   * @param tailEnd end of the tail in the window; {@code length} if there is none
   */
  record Cut(int length, int tailEnd) {}

  private final int leastGops;
  private final int idealGops;
  private final int mostGops;
  private final int targetInside;
  private final CutOptions options;

  CutRule(CutOptions options) {
    int target = options.targetFrames();
    boolean wholeGops = target == CutOptions.WHOLE_GOPS;
    leastGops = wholeGops ? SHORTEST_WHOLE_GOPS : (target + 1) / 2;
    idealGops = wholeGops ? SHORTEST_WHOLE_GOPS : target;
    mostGops = wholeGops ? LONGEST_GOP : target + target / 2;
    targetInside = wholeGops ? LONGEST_GOP : target;
    this.options = options;
  }

  /**
   * Cuts a batch off the head of the window.
   *
   * @param prerollBytes that the batch needs before the window
   * @param ended whether no packet follows the window
   * @return empty if more packets must be seen first, or there are none
   */
  Optional<Cut> cut(List<CutPacket> window, long prerollBytes, boolean ended) {
    if (window.isEmpty()) {
      return Optional.empty();
    }
    return new Search(window, prerollBytes, ended).run();
  }

  /**
   * Where the preroll takes up most of a record there is little room left, and the next preroll is
   * larger still: rather than hardly get on, such a record may be a third larger.
   */
  private long toleratedBytes() {
    return options.maxBatchBytes() * 4L / 3;
  }

  /** One look along a window: what was found is kept until the best of it can be told. */
  private final class Search {
    private final List<CutPacket> window;
    private final boolean ended;
    private final long maxBytes;
    private long bytes;
    private Cut gops;
    private Cut inside;
    private Cut lastThatFits;
    private Cut first;

    Search(List<CutPacket> window, long prerollBytes, boolean ended) {
      this.window = window;
      this.bytes = prerollBytes;
      this.ended = ended;
      maxBytes =
          prerollBytes > options.maxBatchBytes() / 2 ? toleratedBytes() : options.maxBatchBytes();
    }

    Optional<Cut> run() {
      int lastAnchor = 0;
      bytes += window.get(0).bytes();
      for (int at = 1; at < window.size(); at++) {
        CutPacket packet = window.get(at);
        boolean anchor = isAnchor(packet, at - lastAnchor);
        lastAnchor = anchor ? at : lastAnchor;
        if (packet.randomAccess() || anchor) {
          Optional<Integer> tailEnd = tailEnd(at);
          if (tailEnd.isEmpty()) {
            return Optional.empty();
          }
          consider(new Cut(at, tailEnd.get()));
          if (packet.randomAccess() && jumpedBefore(at)) {
            return best(new Cut(at, tailEnd.get()));
          }
        }
        if (isSettled(at)) {
          return best(null);
        }
        bytes += packet.bytes();
      }
      return ended ? best(new Cut(window.size(), window.size())) : Optional.empty();
    }

    /**
     * Without an anchor in twice the target, timestamps are astray: any picture but a B will do.
     */
    private boolean isAnchor(CutPacket packet, int sinceLast) {
      return packet.place().anchor()
          || (sinceLast >= 2 * targetInside
              && packet.picture().shows() == CodedPicture.Shows.FRAME
              && !packet.picture().bidirectional());
    }

    private boolean jumpedBefore(int at) {
      return window.get(at).place().epoch() != window.get(0).place().epoch();
    }

    private void consider(Cut cut) {
      int at = cut.length();
      first = first == null ? cut : first;
      if (!fits(cut)) {
        return;
      }
      lastThatFits = cut;
      boolean random = window.get(at).randomAccess();
      if (random && at >= leastGops && at <= mostGops && isNearer(at)) {
        gops = cut;
      }
      if (at >= targetInside && inside == null) {
        inside = cut;
      }
    }

    private boolean isNearer(int at) {
      return gops == null || Math.abs(at - idealGops) < Math.abs(gops.length() - idealGops);
    }

    private boolean fits(Cut cut) {
      long tail = 0;
      for (int i = cut.length(); i < cut.tailEnd(); i++) {
        tail += window.get(i).bytes();
      }
      return bytes + tail <= maxBytes;
    }

    /** Whether nothing farther on can be better than what has been found up to {@code at}. */
    private boolean isSettled(int at) {
      boolean gopsSettled = gops != null && at - idealGops >= Math.abs(gops.length() - idealGops);
      boolean insideSettled = inside != null && at >= mostGops;
      boolean full = bytes > maxBytes && first != null;
      return gopsSettled || insideSettled || full;
    }

    /** {@code end}, if not null, is as good a place as a random-access point. */
    private Optional<Cut> best(Cut end) {
      boolean endFits = end != null && fits(end);
      if (endFits && end.length() <= mostGops && isNearer(end.length())) {
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

    /** Where the tail of a cut at {@code at} ends; empty if that can't be told yet. */
    private Optional<Integer> tailEnd(int at) {
      CutPacket start = window.get(at);
      if (!start.randomAccess() || !start.picture().leadingMayFollow()) {
        return Optional.of(at);
      }
      int tailEnd = at;
      int reach = at + LEADING_REACH;
      for (int i = at + 1; i <= reach; i++) {
        if (i == window.size()) {
          return ended ? Optional.of(tailEnd) : Optional.empty();
        }
        CutPacket packet = window.get(i);
        if (packet.randomAccess()) {
          break;
        }
        if (packet.picture().needsPast() && packet.precedes(start)) {
          tailEnd = i + 1;
        }
      }
      return Optional.of(tailEnd);
    }
  }
}
