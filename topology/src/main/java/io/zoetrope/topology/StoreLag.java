package io.zoetrope.topology;

/**
 * How far the stores of one partition are behind their changelogs, all of them together. The end of
 * a changelog counts the marks of transactions and what was given up, so that a copy that has
 * everything may still be said to be a few records behind.
 *
 * @param records that the stores lack at most; 0 where this instance works on the partition
 * @param end of the changelogs, in records
 */
record StoreLag(long records, long end) {
  /** What a copy may lack and still take over from the owner. */
  static final long MOST = 10_000;

  // What an owner writes in a transaction or two, and so may leave behind when it dies.
  private static final long FEW = 100;
  private static final long NEARLY_ALL = 10;

  /** Whether the copy has nearly all there is. One in the making would deny most of it. */
  boolean isSmall() {
    return records <= FEW || (records <= MOST && records <= end / NEARLY_ALL);
  }
}
