package io.zoetrope.media;

import static io.zoetrope.media.BatchStart.LONGEST_PREROLL;

/**
 * How many packets a batch is to have. A cut lies before a random-access point or before an anchor;
 * the frame batch design says why these are the places where it may lie.
 */
final class CutRule {
  private static final int SHORTEST_WHOLE_GOPS = 32;

  /** No codec reorders over more than 16 frames, or 32 fields. */
  private static final int MOST_REORDERED = 32;

  private final int leastGops;
  private final int idealGops;
  private final int mostGops;
  private final int targetInside;
  private final int maxBatchBytes;

  /**
   * A GOP little longer than the longest preroll is still kept whole, rather than followed by a
   * batch of a few frames.
   */
  CutRule(CutOptions options) {
    int target = options.targetFrames();
    boolean wholeGops = target == CutOptions.WHOLE_GOPS;
    leastGops = wholeGops ? SHORTEST_WHOLE_GOPS : (target + 1) / 2;
    idealGops = wholeGops ? SHORTEST_WHOLE_GOPS : target;
    mostGops = wholeGops ? LONGEST_PREROLL + SHORTEST_WHOLE_GOPS : target + target / 2;
    targetInside = wholeGops ? LONGEST_PREROLL : target;
    maxBatchBytes = options.maxBatchBytes();
  }

  int maxBatchBytes() {
    return maxBatchBytes;
  }

  /** Whether to end at a random-access point, or at the end of the stream, after {@code length}. */
  boolean mayEndAtGop(int length) {
    return length >= leastGops && length <= mostGops;
  }

  boolean isTooLong(int length) {
    return length > mostGops;
  }

  /** How far from ideal it is to end at a random-access point after {@code length}. */
  int distance(int length) {
    return Math.abs(length - idealGops);
  }

  /** Whether no random-access point after {@code length} is nearer to the ideal than this. */
  boolean isNearest(int distance, int length) {
    return length - idealGops >= distance;
  }

  /** Whether to end inside a GOP after {@code length}. */
  boolean mayEndInside(int length) {
    return length >= targetInside;
  }

  /** Without an anchor among so many packets, timestamps are astray. */
  int longestWithoutAnchor() {
    return Math.max(MOST_REORDERED, 2 * targetInside);
  }
}
