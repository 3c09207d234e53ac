package io.zoetrope.media;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Consecutive frames of one video as encoded packets that can be decoded alone, or in their chain,
 * and then give exactly the pictures that decoding the whole file in order gives.
 *
 * @param sequence ordinal of the batch in its split, from 0
 * @param firstFrame index of the batch's first expected frame in the whole split
 * @param expectedFrames number of packets, preroll included, with {@link VideoPacket#emit()}; 0
 *     only in a chain, where frames are sampled or discarded
 * @param originPts pts of the split's first displayed frame; the same in every batch
 * @param damaged whether the container already said that packets are damaged
 * @param chain the batch's place among those that share a decoder, where a GOP is very long
 * @param preroll packets that only bring the decoder to where the batch starts
 * @param packets the batch itself, with the tail that its last frames need; none where a chain ends
 *     and no frame of its last stretch is expected
 */
public record PacketBatch(
    int sequence,
    long firstFrame,
    int expectedFrames,
    long originPts,
    boolean damaged,
    Optional<ChainLink> chain,
    List<VideoPacket> preroll,
    List<VideoPacket> packets) {
  public PacketBatch {
    preroll = List.copyOf(preroll);
    packets = List.copyOf(packets);
  }

  /** Everything that the decoder must see, in decoding order. */
  public Stream<VideoPacket> allPackets() {
    return Stream.concat(preroll.stream(), packets.stream());
  }
}
