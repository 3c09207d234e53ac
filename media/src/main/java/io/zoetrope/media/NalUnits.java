package io.zoetrope.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Finds the NAL units in the packets of an H.264 or HEVC stream: behind start codes (ITU-T H.264,
 * annex B), or behind lengths of one to four bytes (ISO/IEC 14496-15), which the stream's extradata
 * tells.
 */
final class NalUnits {
  private static final int START_CODES = 0;

  /** Takes the NAL unit in {@code data[start..end)}; false ends the search. */
  @FunctionalInterface
  interface Visitor {
    boolean visit(byte[] data, int start, int end);
  }

  private final int lengthBytes;

  private NalUnits(int lengthBytes) {
    this.lengthBytes = lengthBytes;
  }

  static NalUnits ofH264(ByteBuffer extradata) {
    return of(extradata, 7, 4);
  }

  static NalUnits ofHevc(ByteBuffer extradata) {
    return of(extradata, 23, 21);
  }

  static NalUnits behindStartCodes() {
    return new NalUnits(START_CODES);
  }

  static NalUnits behindLengthsOf(int bytes) {
    return new NalUnits(bytes);
  }

  private static NalUnits of(ByteBuffer extradata, int leastBytes, int lengthSizeAt) {
    int start = extradata.position();
    boolean startCodes =
        extradata.remaining() < leastBytes
            || (extradata.get(start) == 0 && extradata.get(start + 1) == 0);
    return new NalUnits(startCodes ? START_CODES : (extradata.get(start + lengthSizeAt) & 3) + 1);
  }

  void forEach(byte[] data, Visitor visitor) {
    if (lengthBytes == START_CODES) {
      forEachStartCode(data, visitor);
    } else {
      forEachLength(data, visitor);
    }
  }

  /** The unit with what must stand before it in a packet of this stream. */
  byte[] framed(byte[] unit) {
    int prefix = lengthBytes == START_CODES ? 4 : lengthBytes;
    byte[] framed = new byte[prefix + unit.length];
    if (lengthBytes == START_CODES) {
      framed[prefix - 1] = 1;
    } else {
      for (int i = 0; i < prefix; i++) {
        framed[i] = (byte) (unit.length >> (8 * (prefix - 1 - i)));
      }
    }
    System.arraycopy(unit, 0, framed, prefix, unit.length);
    return framed;
  }

  /** The unit's payload: without its header and without emulation prevention bytes. */
  static byte[] payload(byte[] data, int start, int end, int headerBytes) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream(end - start);
    int zeros = 0;
    for (int i = start + headerBytes; i < end; i++) {
      if (zeros >= 2 && data[i] == 3) {
        zeros = 0;
        continue;
      }
      zeros = data[i] == 0 ? zeros + 1 : 0;
      payload.write(data[i]);
    }
    return payload.toByteArray();
  }

  private void forEachLength(byte[] data, Visitor visitor) {
    int at = 0;
    while (data.length - at > lengthBytes) {
      long length = 0;
      for (int i = 0; i < lengthBytes; i++) {
        length = length << 8 | (data[at + i] & 0xff);
      }
      at += lengthBytes;
      int end = (int) Math.min(data.length, at + length);
      if (end > at && !visitor.visit(data, at, end)) {
        return;
      }
      at = end;
    }
  }

  private static void forEachStartCode(byte[] data, Visitor visitor) {
    int start = nextStartCode(data, 0);
    while (start < data.length) {
      int unit = start + 3;
      int next = nextStartCode(data, unit);
      int end = next;
      while (end > unit && next < data.length && data[end - 1] == 0) {
        end--;
      }
      if (end > unit && !visitor.visit(data, unit, end)) {
        return;
      }
      start = next;
    }
  }

  private static int nextStartCode(byte[] data, int from) {
    int i = from;
    while (i + 2 < data.length) {
      if ((data[i + 2] & 0xff) > 1) {
        i += 3;
      } else if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1) {
        return i;
      } else {
        i++;
      }
    }
    return data.length;
  }
}
