package io.zoetrope.media;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A packet on its way into a batch, with all that decides where to cut.
 *
 * @param number ordinal of the packet in the stream, in the order of the file
 * @param packet with its pts repaired, once its frame is known, and not emitted yet
 * @param frame ordinal of its frame among all that are shown; of no meaning where none is
 * @param shown whether a frame is expected of it
 * @param newExtradata the codec header in force, where it isn't the stream's first one any more
 */
record CutPacket(
    long number,
    VideoPacket packet,
    CodedPicture picture,
    PresentationOrder.Place place,
    long frame,
    boolean shown,
    Optional<ByteBuffer> newExtradata) {
  /** Bytes that the fields beside the data take in a serialised record, at most. */
  private static final long FIELD_BYTES = 64;

  /** A packet of which it isn't known yet when its frame is shown. */
  CutPacket(
      long number,
      VideoPacket packet,
      CodedPicture picture,
      PresentationOrder.Place place,
      boolean shown,
      Optional<ByteBuffer> newExtradata) {
    this(number, packet, picture, place, 0, shown, newExtradata);
  }

  CutPacket shownAs(long ordinal, long pts, boolean wanted) {
    VideoPacket timed = packet.withFrame(pts, VideoPacket.NOT_EMITTED);
    return new CutPacket(number, timed, picture, place, ordinal, wanted, newExtradata);
  }

  CutPacket withRestart() {
    return new CutPacket(number, packet.withRestart(), picture, place, frame, shown, newExtradata);
  }

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
