package io.zoetrope.media;

import java.io.IOException;

/** How large the index of one track becomes, by the sizes that its tables claim. */
final class Mp4TrackClaims {
  private static final int SOUND = 0x736f756e;
  private static final int NO_MEDIA = -1;
  // Uncompressed sound is indexed by so many samples at a time.
  private static final int SAMPLES_OF_SOUND = 1024;
  private static final int MOST_ENTRIES_READ = 1 << 16;
  private static final long UNREASONABLE = 1L << 40;

  private long samples;
  private long edits;
  private long chunks;
  private long samplesOfAChunk;
  private boolean sound;
  private int timeTables;
  private boolean oneUnitASample;

  /** Takes in a table. Its size isn't asked, as FFmpeg doesn't stop at it either. */
  void note(String type, long body, RandomBytes bytes) throws IOException {
    switch (type) {
      case "hdlr" -> sound = bytes.i32be(body + 8) == SOUND;
      case "elst" -> edits = Math.max(edits, editsWithMedia(body, bytes));
      case "stsz", "stz2" -> samples = Math.max(samples, bytes.u32be(body + 8));
      case "stco", "co64" -> chunks = Math.max(chunks, bytes.u32be(body + 4));
      case "stsc" -> samplesOfAChunk = Math.max(samplesOfAChunk, largestChunk(body, bytes));
      case "stts" -> {
        timeTables++;
        oneUnitASample = bytes.u32be(body + 4) == 1 && bytes.u32be(body + 12) == 1;
      }
      default -> {}
    }
  }

  long indexEntries() {
    boolean uncompressedSound = sound && timeTables == 1 && oneUnitASample;
    long once = uncompressedSound ? chunks * (1 + samplesOfAChunk / SAMPLES_OF_SOUND) : samples;
    return Math.min(UNREASONABLE, once) * Math.min(1 << 20, Math.max(1, edits));
  }

  private static long editsWithMedia(long body, RandomBytes bytes) throws IOException {
    boolean wide = bytes.u8(body) == 1;
    long count = bytes.u32be(body + 4);
    long withMedia = count;
    for (long i = 0; i < Math.min(count, MOST_ENTRIES_READ); i++) {
      long entry = body + 8 + i * (wide ? 20 : 12);
      long mediaTime = wide ? bytes.i64be(entry + 8) : bytes.i32be(entry + 4);
      if (mediaTime == NO_MEDIA) {
        withMedia--;
      }
    }
    return withMedia;
  }

  private static long largestChunk(long body, RandomBytes bytes) throws IOException {
    long count = Math.min(bytes.u32be(body + 4), (bytes.size() - body) / 12);
    long largest = 0;
    for (long i = 0; i < count; i++) {
      largest = Math.max(largest, bytes.u32be(body + 8 + i * 12 + 4));
    }
    return largest;
  }
}
