package io.zoetrope.media;

/**
 * What the bitstream says of the picture in one packet, as far as cutting needs it.
 *
 * @param randomAccess decoding can begin here
 * @param leadingMayFollow whether pictures that come after this random-access point may be shown
 *     before it and refer to pictures before it
 * @param needsPast whether this picture refers to pictures before the random-access point if it is
 *     shown before that; only HEVC tells, in other codecs every such picture may
 * @param bidirectional a B picture
 * @param disposable no other picture refers to this one
 * @param shows {@link Shows#FRAME}, or why no frame of its own comes of it
 * @param orderCount position in presentation order since the last picture that {@code
 *     restartsOrder}, or {@link #NO_ORDER_COUNT}
 */
record CodedPicture(
    boolean randomAccess,
    boolean leadingMayFollow,
    boolean needsPast,
    boolean bidirectional,
    boolean disposable,
    Shows shows,
    int orderCount,
    boolean restartsOrder) {
  static final int NO_ORDER_COUNT = Integer.MIN_VALUE;

  enum Shows {
    FRAME,
    /** The other half of the frame that the packet before began. */
    SECOND_FIELD,
    /** A picture that only others refer to. */
    NOTHING
  }
}
