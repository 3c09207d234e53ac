package io.zoetrope.media;

import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.ffmpeg.global.avcodec;

/** Counts the packets that have a picture in them by what comes of it. */
final class PacketAccount {
  /** What comes of a packet, before anything is sampled. */
  enum Fate {
    SHOWN,
    SECOND_FIELD,
    DISCARDED,
    INVISIBLE
  }

  private final Map<Fate, Long> counts = new EnumMap<>(Fate.class);

  /** Counts a packet, and tells what comes of it. */
  Fate count(VideoPacket packet, CodedPicture picture) {
    Fate fate = fate(packet, picture);
    counts.merge(fate, 1L, Long::sum);
    return fate;
  }

  /**
   * The account together with what happened before and after.
   *
   * @param read packets read from the container
   * @param empty of these, those without a picture
   * @param wanted of those that are shown, the sampled ones
   */
  PacketCounts close(long read, long empty, long wanted) {
    return new PacketCounts(
        read,
        wanted,
        of(Fate.SHOWN) - wanted,
        of(Fate.SECOND_FIELD),
        of(Fate.DISCARDED),
        of(Fate.INVISIBLE),
        empty);
  }

  private long of(Fate fate) {
    return counts.getOrDefault(fate, 0L);
  }

  private static Fate fate(VideoPacket packet, CodedPicture picture) {
    if ((packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) != 0) {
      return Fate.DISCARDED;
    }
    return switch (picture.shows()) {
      case FRAME -> Fate.SHOWN;
      case SECOND_FIELD -> Fate.SECOND_FIELD;
      case NOTHING -> Fate.INVISIBLE;
    };
  }
}
