package io.zoetrope.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/**
 * What an MP4 file's {@code ftyp} and {@code moov} say of its only track, as players want to be
 * told before they load it (ISO/IEC 14496-12, RFC 6381).
 *
 * @param codec such as {@code avc1.64001f}
 * @param width of the pictures as they are stored; 0 of sound
 * @param height likewise
 */
record Mp4Header(String codec, int width, int height) {
  private static final int VIDEO_FIELDS = 78;
  private static final int SOUND_FIELDS = 28;
  private static final int SIZE_IN_VIDEO = 24;
  private static final int FULL_BOX = 4;
  private static final int AAC = 0x40;

  /** Which players of HLS play a sound, among those of some note. */
  enum Players {
    ALL,
    SOME,
    NONE
  }

  /** Which players play sound of this codec out of fragments. */
  Players players() {
    if (codec.startsWith("mp4a.40.")) {
      return Players.ALL;
    }
    return switch (codec) {
      case "Opus", "fLaC" -> Players.ALL;
      case "ac-3", "ec-3", "alac" -> Players.SOME;
      // MP3 and MP2, Vorbis, DTS, PCM: browsers play them in whole files, at the most.
      default -> Players.NONE;
    };
  }

  /** Empty where the codec isn't one of those that we write. */
  static Optional<Mp4Header> of(byte[] header) {
    return box(ByteBuffer.wrap(header), "moov")
        .flatMap(moov -> box(moov, "trak"))
        .flatMap(trak -> box(trak, "mdia"))
        .flatMap(mdia -> box(mdia, "minf"))
        .flatMap(minf -> box(minf, "stbl"))
        .flatMap(stbl -> box(stbl, "stsd"))
        // A full box, and the number of its entries.
        .flatMap(stsd -> entry(stsd.position(FULL_BOX + Integer.BYTES).slice()));
  }

  private static Optional<Mp4Header> entry(ByteBuffer entries) {
    String type = type(entries);
    ByteBuffer entry = box(entries, type).orElseThrow();
    return switch (type) {
      case "avc1" -> video(entry, "avcC", Mp4Header::avc);
      case "vp09" -> video(entry, "vpcC", Mp4Header::vp9);
      case "av01" -> video(entry, "av1C", Mp4Header::av1);
      case "mp4a" -> box(entry.position(SOUND_FIELDS).slice(), "esds").flatMap(Mp4Header::mpeg4);
      case "ac-3", "ec-3", "alac", "fLaC", "Opus", "ipcm", "fpcm" ->
          Optional.of(new Mp4Header(type, 0, 0));
      default -> Optional.empty();
    };
  }

  private interface Codec {
    String of(ByteBuffer configuration);
  }

  private static Optional<Mp4Header> video(ByteBuffer entry, String configuration, Codec codec) {
    int width = Short.toUnsignedInt(entry.getShort(SIZE_IN_VIDEO));
    int height = Short.toUnsignedInt(entry.getShort(SIZE_IN_VIDEO + Short.BYTES));
    return box(entry.position(VIDEO_FIELDS).slice(), configuration)
        .map(found -> new Mp4Header(codec.of(found), width, height));
  }

  /** Profile, constraints and level. */
  private static String avc(ByteBuffer avcC) {
    return text("avc1.%02x%02x%02x", at(avcC, 1), at(avcC, 2), at(avcC, 3));
  }

  /** Profile, level and bit depth. */
  private static String vp9(ByteBuffer vpcC) {
    return text(
        "vp09.%02d.%02d.%02d",
        at(vpcC, FULL_BOX), at(vpcC, FULL_BOX + 1), at(vpcC, FULL_BOX + 2) >> 4);
  }

  /** Profile, level, tier and bit depth. */
  private static String av1(ByteBuffer av1C) {
    boolean deep = (at(av1C, 2) & 0x40) != 0;
    boolean deepest = (at(av1C, 2) & 0x20) != 0;
    return text(
        "av01.%d.%02d%s.%02d",
        at(av1C, 1) >> 5,
        at(av1C, 1) & 31,
        (at(av1C, 2) & 0x80) == 0 ? "M" : "H",
        deep ? (deepest ? 12 : 10) : 8);
  }

  /** The descriptors of an elementary stream (ISO/IEC 14496-1, 7.2.6). */
  private static Optional<Mp4Header> mpeg4(ByteBuffer esds) {
    ByteBuffer stream = descriptor(esds.position(FULL_BOX).slice());
    // Its number, and flags that say what else is there: nothing, in MP4.
    ByteBuffer decoder = descriptor(stream.position(3).slice());
    int type = at(decoder, 0);
    if (type != AAC) {
      return Optional.of(new Mp4Header(text("mp4a.%02x", type), 0, 0));
    }
    ByteBuffer specific = descriptor(decoder.position(13).slice());
    int object = at(specific, 0) >> 3;
    if (object == 31) {
      object = 32 + (((at(specific, 0) & 7) << 3) | (at(specific, 1) >> 5));
    }
    return Optional.of(new Mp4Header(text("mp4a.40.%d", object), 0, 0));
  }

  /** The content of the descriptor that begins here. */
  private static ByteBuffer descriptor(ByteBuffer bytes) {
    int at = 1;
    int length = 0;
    int part;
    do {
      part = at(bytes, at++);
      length = (length << 7) | (part & 0x7f);
    } while ((part & 0x80) != 0);
    return bytes.slice(at, Math.min(length, bytes.limit() - at));
  }

  /** The content of the first box of a type among those that follow each other here. */
  private static Optional<ByteBuffer> box(ByteBuffer boxes, String type) {
    int at = 0;
    while (at + 8 <= boxes.limit()) {
      int size = boxes.getInt(at);
      if (size < 8 || size > boxes.limit() - at) {
        return Optional.empty();
      }
      if (type(boxes.slice(at, size)).equals(type)) {
        return Optional.of(boxes.slice(at + 8, size - 8));
      }
      at += size;
    }
    return Optional.empty();
  }

  private static String type(ByteBuffer box) {
    byte[] type = new byte[4];
    box.get(4, type);
    return new String(type, US_ASCII);
  }

  private static int at(ByteBuffer bytes, int index) {
    return Byte.toUnsignedInt(bytes.get(index));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
