package io.zoetrope.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One encoded packet of a {@link PacketBatch}. Times are in units of the stream's time base; {@code
 * flags} are FFmpeg's {@code AV_PKT_FLAG_*}. The buffers aren't to be changed, and a decoder leaves
 * their positions alone.
 *
 * @param pts when the picture is shown, or {@link #NO_TIMESTAMP}. In a stream whose packets carry
 *     no pts it is synthesised for those that are shown: ordinal of the frame in the video ×
 *     nominal duration of a frame
 * @param frame ordinal of the expected frame among those of its batch, in presentation order; -1
 *     where the packet is there for the decoder only
 * @param restart whether packets before this one are left out: the decoder is drained, and a fresh
 *     one begins here
 */
public record VideoPacket(
    long pts,
    long dts,
    long duration,
    int flags,
    int frame,
    boolean restart,
    ByteBuffer data,
    List<SideData> sideData) {
  /** The time of a packet that has none; the value of FFmpeg's {@code AV_NOPTS_VALUE}. */
  public static final long NO_TIMESTAMP = Long.MIN_VALUE;

  /** The {@link #frame} of a packet that is not emitted. */
  public static final int NOT_EMITTED = -1;

  /** Whether the picture of this packet is one of the batch's expected frames. */
  public boolean emit() {
    return frame >= 0;
  }

  VideoPacket withRestart() {
    return new VideoPacket(pts, dts, duration, flags, frame, true, data, sideData);
  }

  VideoPacket withFrame(long newPts, int newFrame) {
    return new VideoPacket(newPts, dts, duration, flags, newFrame, restart, data, sideData);
  }

  /**
   * This packet, with what a decoder that begins with it would know from the packets before.
   *
   * @param encoderNames what to put before its data; often nothing
   * @param header the codec header in force, where it isn't the stream's first one any more
   */
  VideoPacket independent(byte[] encoderNames, Optional<ByteBuffer> header) {
    ByteBuffer whole = data;
    if (encoderNames.length > 0) {
      whole =
          ByteBuffer.allocate(encoderNames.length + data.remaining())
              .put(encoderNames)
              .put(data.duplicate())
              .flip();
    }
    List<SideData> complete = new ArrayList<>(sideData);
    if (sideData.stream().noneMatch(entry -> entry.type().equals(SideDataTypes.NEW_EXTRADATA))) {
      header.ifPresent(bytes -> complete.add(new SideData(SideDataTypes.NEW_EXTRADATA, bytes)));
    }
    return new VideoPacket(pts, dts, duration, flags, frame, restart, whole, List.copyOf(complete));
  }
}
