package io.zoetrope.media;

/** Tells the frames of VP8 and VP9 that are shown from those that others only refer to. */
final class VpxFrames {
  private static final int VP8_SHOW_FRAME = 0x10;
  private static final int SUPERFRAME_MARKER = 0b110;
  private static final int VP9_FRAME_MARKER = 0b10;

  private VpxFrames() {}

  /** RFC 6386, section 9.1: bit 4 of the frame tag. */
  static boolean vp8Shows(byte[] packet) {
    return (packet[0] & VP8_SHOW_FRAME) != 0;
  }

  /** VP9 bitstream specification, annex B (superframes) and section 6.2 (frame header). */
  static boolean vp9Shows(byte[] packet) {
    int marker = packet[packet.length - 1] & 0xff;
    int frames = (marker & 0b111) + 1;
    int sizeBytes = ((marker >> 3) & 0b11) + 1;
    int indexStart = packet.length - (2 + frames * sizeBytes);
    if (marker >> 5 != SUPERFRAME_MARKER
        || indexStart < 0
        || (packet[indexStart] & 0xff) != marker) {
      return frameShows(packet, 0, packet.length);
    }
    int start = 0;
    for (int i = 0; i < frames; i++) {
      int size = 0;
      for (int b = 0; b < sizeBytes; b++) {
        size |= (packet[indexStart + 1 + i * sizeBytes + b] & 0xff) << (8 * b);
      }
      if (size < 0 || size > indexStart - start) {
        return true;
      }
      if (frameShows(packet, start, start + size)) {
        return true;
      }
      start += size;
    }
    return false;
  }

  private static boolean frameShows(byte[] packet, int start, int end) {
    if (start >= end) {
      return false;
    }
    int bits = packet[start] & 0xff;
    if (bits >> 6 != VP9_FRAME_MARKER) {
      return true;
    }
    boolean profile3 = (bits & 0b0011_0000) == 0b0011_0000;
    int next = profile3 ? 2 : 3;
    boolean showsExisting = (bits >> next & 1) != 0;
    return showsExisting || (bits >> (next - 2) & 1) != 0;
  }
}
