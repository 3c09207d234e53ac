package io.zoetrope.media;

/**
 * The place of a {@link PacketBatch} in a decode chain: batches of one GOP, so long that each is
 * decoded by the decoder that the one before left behind. Their sequences follow one another.
 *
 * @param head sequence of the chain's first batch, which needs no other before it
 * @param overlap how many of the batch's first packets, preroll included, the batch before has
 *     already brought as its tail: its decoder has seen them
 * @param last whether no batch follows that needs this one's decoder
 */
public record ChainLink(int head, int overlap, boolean last) {}
