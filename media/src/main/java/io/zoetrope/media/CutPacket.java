package io.zoetrope.media;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A packet on its way into a batch, with all that decides where to cut.
 *
 * @param number ordinal of the packet in the stream, in the order of the file
 * @param packet with its pts repaired, and not emitted yet
 * @param shown whether a frame is expected of it
 * @param newExtradata the codec header in force, where it isn't the stream's first one any more
 */
record CutPacket(
    long number,
    VideoPacket packet,
    CodedPicture picture,
    PresentationOrder.Place place,
    boolean shown,
    Optional<ByteBuffer> newExtradata) {
  /** Bytes that the fields beside the data take in a serialised record, at most. */
  private static final long FIELD_BYTES = 64;

  boolean randomAccess() {
    return picture.randomAccess();
  }

  /** What the packet adds to a serialised record. */
  long bytes() {
    long bytes = FIELD_BYTES + packet.data().remaining();
    for (SideData sideData : packet.sideData()) {
      bytes += FIELD_BYTES + sideData.data().remaining();
    }
    return bytes;
  }

  boolean precedes(CutPacket other) {
    return place.epoch() == other.place.epoch() && place.order() < other.place.order();
  }
}
