package io.zoetrope.media;

import java.io.IOException;
import java.util.Optional;

/**
 * Whether a file goes on, by its own account, where its bytes end. FFmpeg calls that a plain end of
 * file. Where nothing in a container tells, as in an elementary stream, nothing is said.
 */
final class MissingTail {
  private static final int PACKETS_IN_STEP = 4;
  private static final int[] TRANSPORT_PACKETS = {188, 192, 204};
  private static final int SYNC = 0x47;
  private static final int PROGRAM_TAIL_BYTES = 128 << 10;
  private static final int PROGRAM_END = 0x1b9;
  private static final int PACK = 0x1ba;
  private static final int LARGEST_OGG_PAGE = 27 + 255 + 255 * 255;
  private static final int OGG_CAPTURE = 0x4f676753;
  private static final int LAST_PAGE_FLAG = 4;

  private MissingTail() {}

  /**
   * What is missing, as a sentence without its full stop.
   *
   * @param format FFmpeg's names of it, the first of which counts
   */
  static Optional<String> of(RandomBytes bytes, String format) throws IOException {
    return switch (format.split(",", 2)[0]) {
      case "mov" -> before(bytes, DeclaredEnd.ofFragments(bytes));
      case "matroska" -> before(bytes, DeclaredEnd.ofMatroska(bytes));
      case "avi" -> before(bytes, DeclaredEnd.ofAvi(bytes));
      case "asf" -> before(bytes, DeclaredEnd.ofAsf(bytes));
      case "mxf" -> before(bytes, DeclaredEnd.ofMxf(bytes));
      case "obu" -> before(bytes, DeclaredEnd.ofObus(bytes));
      case "flv" -> inPacket(endsInFlvTag(bytes));
      case "mpegts" -> inPacket(endsInTransportPacket(bytes));
      case "mpeg" -> inPacket(endsInProgramPacket(bytes));
      case "ogg" -> endOfOgg(bytes);
      default -> Optional.empty();
    };
  }

  private static Optional<String> before(RandomBytes bytes, long declared) {
    return declared > bytes.size()
        ? Optional.of(
            "the file ends %d bytes before its container does".formatted(declared - bytes.size()))
        : Optional.empty();
  }

  private static Optional<String> inPacket(boolean cut) {
    return cut ? Optional.of("the file ends in the middle of a packet") : Optional.empty();
  }

  /** Every tag is followed by its size. */
  private static boolean endsInFlvTag(RandomBytes bytes) throws IOException {
    long sizeAt = bytes.size() - Integer.BYTES;
    long tagBytes = bytes.u32be(sizeAt);
    long tag = sizeAt - tagBytes;
    return tagBytes < 11 || tag < 0 || (bytes.u32be(tag) & 0xffffff) != tagBytes - 11;
  }

  private static boolean endsInTransportPacket(RandomBytes bytes) throws IOException {
    for (int step : TRANSPORT_PACKETS) {
      for (int first = 0; first < step; first++) {
        if (inStep(bytes, first, step)) {
          long rest = (bytes.size() - first) % step;
          // The last packet may lack what stands between packets.
          return rest != 0 && rest != TRANSPORT_PACKETS[0];
        }
      }
    }
    return false;
  }

  private static boolean inStep(RandomBytes bytes, int first, int step) throws IOException {
    for (int i = 0; i < PACKETS_IN_STEP; i++) {
      if (bytes.u8(first + (long) i * step) != SYNC) {
        return false;
      }
    }
    return true;
  }

  /** By the last start code that isn't one of the video itself. */
  private static boolean endsInProgramPacket(RandomBytes bytes) throws IOException {
    long from = Math.max(0, bytes.size() - PROGRAM_TAIL_BYTES);
    for (long at = bytes.size() - Integer.BYTES; at >= from; at--) {
      int code = bytes.i32be(at);
      if (code >= PROGRAM_END && code <= 0x1ff) {
        // The header of a pack is followed by a packet.
        return code == PACK || (code != PROGRAM_END && at + 6 + bytes.u16be(at + 4) > bytes.size());
      }
    }
    return false;
  }

  private static Optional<String> endOfOgg(RandomBytes bytes) throws IOException {
    long from = Math.max(0, bytes.size() - LARGEST_OGG_PAGE);
    for (long page = bytes.size() - Integer.BYTES; page >= from; page--) {
      if (bytes.i32be(page) == OGG_CAPTURE) {
        int segments = bytes.u8(page + 26);
        long end = page + 27 + segments;
        for (int i = 0; i < segments; i++) {
          end += bytes.u8(page + 27 + i);
        }
        boolean last = (bytes.u8(page + 5) & LAST_PAGE_FLAG) != 0;
        return end > bytes.size() || last
            ? inPacket(end > bytes.size())
            : Optional.of("the file ends without the mark of its last page");
      }
    }
    return Optional.empty();
  }
}
