package io.zoetrope.media;

import java.io.IOException;
import java.util.Set;

/**
 * What the index of an MP4 or QuickTime file claims, found out before FFmpeg takes memory for it. A
 * few bytes suffice to claim millions of samples: tables may say "all of the same size", fragments
 * "all as usual", and edit lists "that again".
 */
final class Mp4Claims {
  private static final Set<String> PARENTS =
      Set.of(
          "moov", "trak", "edts", "mdia", "minf", "stbl", "mvex", "moof", "traf", "udta", "dinf",
          "sinf", "schi", "iprp", "ipco", "tref");
  // FFmpeg goes no deeper either.
  private static final int MOST_LEVELS = 10;

  private final RandomBytes bytes;
  private final long mostBoxes;
  private long boxes;
  private int tracks;
  private long samples;
  private boolean compressed;
  private Mp4TrackClaims track = new Mp4TrackClaims();

  private Mp4Claims(RandomBytes bytes, long mostBoxes) {
    this.bytes = bytes;
    this.mostBoxes = mostBoxes;
  }

  /** Reads the claims; what comes after {@code mostBoxes} is left out. */
  static Mp4Claims of(RandomBytes bytes, long mostBoxes) throws IOException {
    Mp4Claims claims = new Mp4Claims(bytes, mostBoxes);
    claims.read(new Boxes(bytes, 0, bytes.size()), 0);
    claims.samples += claims.track.indexEntries();
    return claims;
  }

  int tracks() {
    return tracks;
  }

  /** Entries of the index that FFmpeg will make of all tracks and fragments. */
  long indexEntries() {
    return samples;
  }

  /** More boxes than there may be. */
  boolean isEndless() {
    return boxes >= mostBoxes;
  }

  /** Whether the index is compressed, so that nothing is known of what it claims. */
  boolean isCompressed() {
    return compressed;
  }

  private void read(Boxes level, int depth) throws IOException {
    while (boxes < mostBoxes && level.advance()) {
      boxes++;
      String type = level.type();
      note(type, level.body());
      if (PARENTS.contains(type) && depth < MOST_LEVELS) {
        long end = level.boxEnd() < 0 ? bytes.size() : Math.min(level.boxEnd(), bytes.size());
        read(new Boxes(bytes, level.body(), end), depth + 1);
      }
    }
  }

  private void note(String type, long body) throws IOException {
    switch (type) {
      case "trak" -> {
        samples += track.indexEntries();
        track = new Mp4TrackClaims();
        tracks++;
      }
      case "trun" -> samples += bytes.u32be(body + 4);
      case "cmov" -> compressed = true;
      default -> track.note(type, body, bytes);
    }
  }
}
