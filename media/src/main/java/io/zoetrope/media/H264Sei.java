package io.zoetrope.media;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Supplemental enhancement information (ITU-T H.264, annex D), as far as cutting needs it. */
final class H264Sei {
  static final int HEADER_BYTES = 1;

  private static final int UNIT_TYPE = 6;
  private static final int USER_DATA_UNREGISTERED = 5;
  private static final int RECOVERY_POINT = 6;

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
   * The units of a packet by which encoders name themselves, framed as they must stand at the head
   * of another packet. FFmpeg's decoder knows by them which errors of old x264 versions to undo.
   */
  static byte[] encoderNames(byte[] packet, NalUnits units) {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    units.forEach(
        packet,
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
