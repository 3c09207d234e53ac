package io.zoetrope.media;

import io.zoetrope.media.CodedPicture.Shows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Leaves out of a sampled stream what no wanted frame needs: pictures that nothing refers to, what
 * follows the last wanted frame of a GOP, whole GOPs. Where something is missing before a
 * random-access point, decoding restarts there. What is left is cut as any stream is.
 */
final class NeededPackets {
  /** Frames that lead a random-access point come within so many packets. */
  private static final int REACH = 64;

  /** More than this isn't held in the hope that it need not be sent. */
  private static final long MOST_BYTES = 64L << 20;

  private final boolean keyframesOnly;
  private final List<CutPacket> needed = new ArrayList<>();

  /** The end of the GOP before, while frames that need it may lead the one in hand. */
  private final List<CutPacket> before = new ArrayList<>();

  /** What has come of the GOP in hand since its last wanted frame. */
  private final List<CutPacket> pending = new ArrayList<>();

  private long pendingBytes;
  private boolean leftOut;
  private boolean droppedLast;

  NeededPackets(boolean keyframesOnly) {
    this.keyframesOnly = keyframesOnly;
  }

  void add(CutPacket packet) {
    if (isSecondField(packet)) {
      addSecondField(packet);
      return;
    }
    droppedLast = !packet.shown() && (keyframesOnly || packet.picture().disposable());
    if (droppedLast) {
      leftOut |= keyframesOnly;
      return;
    }
    if (packet.randomAccess()) {
      startGop(packet.picture().leadingMayFollow());
    }
    hold(packet);
    if (!before.isEmpty()) {
      if (packet.shown() && leads(packet)) {
        release(before, before.size());
        releaseWanted();
      } else if (pending.size() > REACH) {
        leaveOutBefore();
      }
    } else if (packet.shown() || pendingBytes > MOST_BYTES) {
      release(pending, pending.size());
      pendingBytes = 0;
    }
  }

  /** No packet follows. */
  void end() {
    leaveOutBefore();
    pending.clear();
  }

  /** Gives away what is known to be needed. */
  void drainTo(Consumer<CutPacket> taker) {
    needed.forEach(taker);
    needed.clear();
  }

  /** It goes the way of the first one. */
  private void addSecondField(CutPacket packet) {
    if (droppedLast) {
      return;
    }
    if (pending.isEmpty()) {
      needed.add(packet);
    } else {
      hold(packet);
    }
  }

  private void startGop(boolean leadingMayFollow) {
    leaveOutBefore();
    if (leadingMayFollow) {
      before.addAll(pending);
    } else {
      leftOut |= !pending.isEmpty();
    }
    pending.clear();
    pendingBytes = 0;
  }

  private void hold(CutPacket packet) {
    pending.add(packet);
    pendingBytes += packet.bytes();
  }

  private boolean leads(CutPacket packet) {
    return packet.picture().needsPast() && packet.precedes(pending.get(0));
  }

  /** Nothing wanted leads the GOP in hand. */
  private void leaveOutBefore() {
    leftOut |= !before.isEmpty();
    before.clear();
    releaseWanted();
  }

  private void releaseWanted() {
    int end = pending.size();
    while (end > 0 && !pending.get(end - 1).shown()) {
      end--;
    }
    while (end > 0 && end < pending.size() && isSecondField(pending.get(end))) {
      end++;
    }
    release(pending, end);
    pendingBytes = pending.stream().mapToLong(CutPacket::bytes).sum();
  }

  private void release(List<CutPacket> packets, int count) {
    List<CutPacket> released = packets.subList(0, count);
    for (CutPacket packet : released) {
      boolean restart = leftOut && packet.randomAccess();
      needed.add(restart ? packet.withRestart() : packet);
      leftOut &= !packet.randomAccess();
    }
    released.clear();
  }

  private static boolean isSecondField(CutPacket packet) {
    return packet.picture().shows() == Shows.SECOND_FIELD;
  }
}
