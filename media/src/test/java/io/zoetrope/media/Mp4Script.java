package io.zoetrope.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** MP4 files written box by box, so that they can claim what no writer would. */
final class Mp4Script {
  /** The tables of a track: what they say of its samples. */
  static final class Table {
    private byte[] times;
    private byte[] chunks;
    private final byte[] sizes;
    private byte[] offsets;
    private byte[] edits = new byte[0];
    private byte[] reference = full("url ", 1);

    /** {@code samples} of one size and a millisecond each, in one chunk at {@code offset}. */
    Table(int samples, int size, int offset) {
      times = full("stts", 0, numbers(1, samples, 1));
      chunks = full("stsc", 0, numbers(1, 1, samples, 1));
      sizes = full("stsz", 0, numbers(size, samples));
      offsets = full("stco", 0, numbers(1, offset));
    }

    Table withTimes(int count, int duration) {
      times = full("stts", 0, numbers(1, count, duration));
      return this;
    }

    /** One sample at {@code offset}, again and again. */
    Table withRepeatedChunk(int count, int offset) {
      chunks = full("stsc", 0, numbers(1, 1, 1, 1));
      offsets =
          full(
              "stco",
              0,
              numbers(IntStream.rangeClosed(0, count).map(i -> i == 0 ? count : offset).toArray()));
      return this;
    }

    /** The samples lie where {@code other} says. */
    Table withData(byte[] other) {
      reference = other;
      return this;
    }

    /** The whole track again and again. */
    Table withEdits(int count, int duration) {
      byte[][] entries = new byte[count + 1][];
      entries[0] = numbers(count);
      for (int i = 1; i <= count; i++) {
        entries[i] = numbers(duration, 0, 0x10000);
      }
      edits = box("edts", full("elst", 0, entries));
      return this;
    }
  }

  private Mp4Script() {}

  /** A file with an index before its data. */
  static byte[] file(List<byte[]> tracks, int dataBytes) {
    return concat(
        box("ftyp", text("isom"), numbers(512), text("isomiso2mp41")),
        moov(tracks, new byte[0]),
        box("mdat", new byte[dataBytes]));
  }

  static byte[] track(int id, Table table) {
    byte[] stbl =
        box("stbl", sampleDescription(), table.times, table.chunks, table.sizes, table.offsets);
    return track(id, stbl, table.edits, table.reference);
  }

  /** One fragment, whose samples all have the size and duration that its header says. */
  static byte[] fragmented(int samples, int dataBytes) {
    byte[] nothing =
        box(
            "stbl",
            sampleDescription(),
            full("stts", 0, numbers(0)),
            full("stsc", 0, numbers(0)),
            full("stsz", 0, numbers(0, 0)),
            full("stco", 0, numbers(0)));
    return concat(
        box("ftyp", text("isom"), numbers(512), text("isomiso2mp41")),
        moov(
            List.of(track(1, nothing, new byte[0], full("url ", 1))),
            box("mvex", full("trex", 0, numbers(1, 1, 1, 1, 0)))),
        box(
            "moof",
            full("mfhd", 0, numbers(1)),
            box("traf", full("tfhd", 0x20000, numbers(1)), full("trun", 1, numbers(samples, 0)))),
        box("mdat", new byte[dataBytes]));
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] box(String type, byte[]... parts) {
    byte[] content = concat(parts);
    return concat(numbers(8 + content.length), text(type), content);
  }

  static byte[] full(String type, int flags, byte[]... parts) {
    return box(type, numbers(flags), concat(parts));
  }

  static byte[] numbers(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  static byte[] text(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] moov(List<byte[]> tracks, byte[] more) {
    byte[] header =
        full(
            "mvhd",
            0,
            numbers(0, 0, 1000, 1000, 0x10000, 0x1000000, 0, 0),
            matrix(),
            new byte[24],
            numbers(99));
    List<byte[]> parts = new ArrayList<>(List.of(header));
    parts.addAll(tracks);
    parts.add(more);
    return box("moov", parts.toArray(byte[][]::new));
  }

  private static byte[] track(int id, byte[] sampleTable, byte[] edits, byte[] reference) {
    byte[] header =
        full(
            "tkhd",
            3,
            numbers(0, 0, id, 0, 1000, 0, 0, 0, 0),
            matrix(),
            numbers(64 << 16, 64 << 16));
    byte[] media =
        box(
            "mdia",
            full("mdhd", 0, numbers(0, 0, 1000, 1000, 0x55c40000)),
            full("hdlr", 0, numbers(0), text("vide"), numbers(0, 0, 0), text("v\0")),
            box(
                "minf",
                full("vmhd", 1, numbers(0, 0)),
                box("dinf", full("dref", 0, numbers(1), reference)),
                sampleTable));
    return box("trak", header, edits, media);
  }

  private static byte[] sampleDescription() {
    byte[] entry =
        box(
            "jpeg",
            numbers(0, 1, 0, 0, 0, 0, 64 << 16 | 64, 0x480000, 0x480000, 0, 0x10000),
            new byte[30],
            numbers(0x0018ffff));
    return full("stsd", 0, numbers(1), entry);
  }

  private static byte[] matrix() {
    return numbers(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
  }
}
