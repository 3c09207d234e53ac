package io.zoetrope.topology.ledger;

import io.zoetrope.events.PacketLedger;

/**
 * Where every packet of a video's stream went.
 *
 * @param read the sum of the others
 * @param expected those of which a frame is expected
 * @param unsampled shown, but not asked for
 * @param secondFields the other half of an expected frame
 * @param discarded the container says that they aren't shown
 * @param invisible the bitstream says that they aren't shown
 * @param empty without a picture in them
 */
public record PacketCounts(
    long read,
    long expected,
    long unsampled,
    long secondFields,
    long discarded,
    long invisible,
    long empty) {

  /** Null where {@code ledger} is, as for a video that an earlier release cut. */
  static PacketCounts of(PacketLedger ledger) {
    return ledger == null
        ? null
        : new PacketCounts(
            ledger.getRead(),
            ledger.getExpected(),
            ledger.getUnsampled(),
            ledger.getSecondFields(),
            ledger.getDiscarded(),
            ledger.getInvisible(),
            ledger.getEmpty());
  }
}
