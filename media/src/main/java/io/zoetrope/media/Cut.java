package io.zoetrope.media;

/**
 * Where a batch ends.
 *
 * @param length packets of the window that are the batch's own
 * @param tailEnd end of the tail in the window; {@code length} if there is none
 * @param chained whether the next batch continues with the decoder of this one
 */
record Cut(int length, int tailEnd, boolean chained) {}
