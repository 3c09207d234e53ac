package io.zoetrope.media;

import static io.zoetrope.media.VideoPacket.NO_TIMESTAMP;

import io.zoetrope.media.CodedPicture.Shows;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds each packet's place in presentation order as its decoder does: by what the bitstream says,
 * whatever the timestamps; only where it isn't asked, by pts. Places are compared within an epoch
 * only: timestamps that jump start a new one. Fed every packet once, in order.
 */
final class PresentationOrder {
  private static final int JUMP_SECONDS = 10;
  private static final int PERIOD_BITS = 32;
  private static final int MOST_REORDERED = 16;

  /**
   * Where a packet stands.
   *
   * @param order place in presentation order within the epoch
   * @param anchor shown after everything that came before in the epoch
   * @param reordered how many frames at most, so far in the stream, have come before one that is
   *     shown ahead of them; 16 stands for more
   */
  record Place(int epoch, long order, boolean anchor, int reordered) {}

  /** A picture with an order count, and when it is shown. */
  private record Counted(long pts, long count) {}

  private final boolean byTimestamps;
  private final long jump;
  private boolean jumped;
  private int epoch;
  private long lastDts = NO_TIMESTAMP;
  private long lastOrder = NO_TIMESTAMP;
  private final long[] highestOrders = new long[MOST_REORDERED];
  private int reordered;
  private long period;
  private long bidirectionalInPeriod;
  private Optional<Counted> last = Optional.empty();
  private Optional<Counted> beforeLast = Optional.empty();

  /** {@code byTimestamps}: whether pts tell the order, which all packets then have. */
  PresentationOrder(boolean byTimestamps, Rational timeBase) {
    this.byTimestamps = byTimestamps;
    jump = Rational.rescale(JUMP_SECONDS, new Rational(1, 1), timeBase);
    Arrays.fill(highestOrders, NO_TIMESTAMP);
  }

  Place place(long pts, long dts, CodedPicture picture) {
    if (picture.shows() == Shows.SECOND_FIELD) {
      return new Place(epoch, lastOrder, false, reordered);
    }
    long order = byTimestamps ? pts : orderInBitstream(pts, picture);
    jumped |= jumps(dts, order);
    // Pictures refer to and overtake each other across a jump as if there were none, up to here.
    if (jumped && (byTimestamps || picture.randomAccess())) {
      jumped = false;
      epoch++;
      Arrays.fill(highestOrders, NO_TIMESTAMP);
    }
    lastDts = dts == NO_TIMESTAMP ? lastDts : dts;
    lastOrder = order;
    boolean anchor = order > highestOrders[0];
    if (picture.shows() == Shows.FRAME) {
      reordered = Math.max(reordered, insert(order));
    }
    return new Place(epoch, order, anchor, reordered);
  }

  /** Keeps the highest orders, in descending order; returns how many are higher than this one. */
  private int insert(long order) {
    int at = MOST_REORDERED;
    while (at > 0 && highestOrders[at - 1] < order) {
      at--;
    }
    if (at < MOST_REORDERED) {
      System.arraycopy(highestOrders, at, highestOrders, at + 1, MOST_REORDERED - at - 1);
      highestOrders[at] = order;
    }
    return at;
  }

  /**
   * A jump forward counts only for a picture that is shown after all others too: a video of one
   * frame in a minute has B frames whose dts jump, and their order must hold.
   */
  private boolean jumps(long dts, long order) {
    if (dts == NO_TIMESTAMP || lastDts == NO_TIMESTAMP) {
      return false;
    }
    return dts < lastDts || (dts - lastDts > jump && order > highestOrders[0]);
  }

  /**
   * By order count where the codec has one. In the others a B picture is shown before the picture
   * that it follows in the stream, and after the one before that; and where there are none,
   * pictures are shown as they come.
   */
  private long orderInBitstream(long pts, CodedPicture picture) {
    if (picture.orderCount() != CodedPicture.NO_ORDER_COUNT) {
      return orderByCount(pts, picture);
    }
    if (picture.bidirectional() && period > 0) {
      bidirectionalInPeriod++;
      return ((period - 1) << PERIOD_BITS) + bidirectionalInPeriod;
    }
    period++;
    bidirectionalInPeriod = 0;
    return period << PERIOD_BITS;
  }

  private long orderByCount(long pts, CodedPicture picture) {
    Counted counted = new Counted(pts, picture.orderCount());
    // In mid-GOP, where files were joined, the count may also restart at other pictures.
    boolean restarts =
        picture.restartsOrder()
            || (picture.randomAccess() && inPeriod(counted.count()) <= highestOrders[0]);
    if (restarts) {
      period++;
    } else if (last.isPresent() && last.get().count() == counted.count()) {
      // No two pictures have the same: the parser couldn't read this one.
      counted = new Counted(pts, countAt(pts));
    }
    beforeLast = restarts ? Optional.empty() : last;
    last = Optional.of(counted);
    return inPeriod(counted.count());
  }

  /** Where a picture stands by its pts, between those around it. */
  private long countAt(long pts) {
    Counted one = last.orElseThrow();
    Counted other = beforeLast.orElse(one);
    boolean known = pts != NO_TIMESTAMP && one.pts() != NO_TIMESTAMP && other.pts() != NO_TIMESTAMP;
    double slope =
        known && one.pts() != other.pts()
            ? (double) (one.count() - other.count()) / (one.pts() - other.pts())
            : 0;
    return one.count() + Math.round(slope * (pts - one.pts()));
  }

  private long inPeriod(long count) {
    return (period << PERIOD_BITS) + count;
  }
}
