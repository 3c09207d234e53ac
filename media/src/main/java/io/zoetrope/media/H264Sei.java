package io.zoetrope.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Supplemental enhancement information (ITU-T H.264, annex D), as far as cutting needs it. */
final class H264Sei {
  static final int HEADER_BYTES = 1;

  /** Of a packet without a recovery point message. */
  static final int NO_RECOVERY = -1;

  private static final int UNIT_TYPE = 6;
  private static final int USER_DATA_UNREGISTERED = 5;
  private static final int RECOVERY_POINT = 6;
  private static final int LONGEST_COUNT = 16;

  @FunctionalInterface
  private interface MessageTest {
    boolean test(int type, byte[] payload, int start, int end);
  }

  private H264Sei() {}

  /** Whether there is a recovery point message whose recovery_frame_cnt, ue(v), is 0: a 1 bit. */
  static boolean recoversAtOnce(byte[] payload) {
    return anyMessage(
        payload,
        (type, data, start, end) -> type == RECOVERY_POINT && start < end && data[start] < 0);
  }

  /**
   * The recovery_frame_cnt of a packet's recovery point message: how many reference frames later
   * the picture is right, though decoding began here; or {@link #NO_RECOVERY}.
   */
  static int recoveryFrames(ByteBuffer packet, NalUnits units) {
    int[] frames = {NO_RECOVERY};
    units.forEach(
        bytes(packet),
        (unit, unitStart, unitEnd) ->
            (unit[unitStart] & 0x1f) != UNIT_TYPE
                || !anyMessage(
                    NalUnits.payload(unit, unitStart, unitEnd, HEADER_BYTES),
                    (type, data, start, end) -> {
                      if (type == RECOVERY_POINT && start < end) {
                        frames[0] = unsignedExpGolomb(data, start, end);
                      }
                      return frames[0] != NO_RECOVERY;
                    }));
    return frames[0];
  }

  /**
   * The units of a packet by which encoders name themselves, framed as they must stand at the head
   * of another packet. FFmpeg's decoder knows by them which errors of old x264 versions to undo.
   */
  static byte[] encoderNames(ByteBuffer packet, NalUnits units) {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    units.forEach(
        bytes(packet),
        (data, start, end) -> {
          if ((data[start] & 0x1f) == UNIT_TYPE
              && anyMessage(
                  NalUnits.payload(data, start, end, HEADER_BYTES),
                  (type, payload, from, to) -> type == USER_DATA_UNREGISTERED)) {
            names.writeBytes(units.framed(Arrays.copyOfRange(data, start, end)));
          }
          return true;
        });
    return names.toByteArray();
  }

  private static byte[] bytes(ByteBuffer packet) {
    byte[] bytes = new byte[packet.remaining()];
    packet.duplicate().get(bytes);
    return bytes;
  }

  /** Section 9.1: as many zeros as bits follow the first one. */
  private static int unsignedExpGolomb(byte[] data, int start, int end) {
    int bits = 8 * (end - start);
    int zeros = 0;
    while (zeros < bits && bit(data, start, zeros) == 0) {
      zeros++;
    }
    if (2 * zeros >= bits || zeros > LONGEST_COUNT) {
      return NO_RECOVERY;
    }
    int value = 1;
    for (int i = zeros + 1; i <= 2 * zeros; i++) {
      value = value << 1 | bit(data, start, i);
    }
    return value - 1;
  }

  private static int bit(byte[] data, int start, int at) {
    return data[start + at / 8] >> (7 - at % 8) & 1;
  }

  private static boolean anyMessage(byte[] payload, MessageTest test) {
    int at = 0;
    // What is left at the end is at least the byte of trailing bits.
    while (at + 2 < payload.length) {
      int type = 0;
      while (at < payload.length && payload[at] == (byte) 0xff) {
        type += 0xff;
        at++;
      }
      if (at >= payload.length) {
        return false;
      }
      type += payload[at++] & 0xff;
      int size = 0;
      while (at < payload.length && payload[at] == (byte) 0xff) {
        size += 0xff;
        at++;
      }
      if (at >= payload.length) {
        return false;
      }
      size += payload[at++] & 0xff;
      int end = Math.min(payload.length, at + size);
      if (test.test(type, payload, at, end)) {
        return true;
      }
      at = end;
    }
    return false;
  }
}
