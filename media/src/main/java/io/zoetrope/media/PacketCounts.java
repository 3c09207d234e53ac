package io.zoetrope.media;

/**
 * Where the packets of a stream went. At the end of the video {@code read} is the sum of the
 * others.
 *
 * @param read from the container
 * @param expected of which a frame is expected
 * @param unsampled which show a frame that isn't wanted
 * @param secondFields the other half of a frame
 * @param discarded of which the container says that they aren't shown, as an edit list does
 * @param invisible of which the bitstream says that they aren't shown
 * @param empty without a picture in them
 */
public record PacketCounts(
    long read,
    long expected,
    long unsampled,
    long secondFields,
    long discarded,
    long invisible,
    long empty) {}
