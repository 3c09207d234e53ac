package io.zoetrope.media;

import java.nio.ByteBuffer;

/** Reads from the packets of one codec what cutting needs. Fed every packet once, in order. */
interface PictureReader {
  /**
   * Reads one packet.
   *
   * @param key whether the container calls it a keyframe
   */
  CodedPicture read(byte[] packet, boolean key, ParsedPicture parsed);

  /** From the next packet on, the codec's header is this one. */
  default void useHeader(ByteBuffer extradata) {}

  /** The reader for a codec, by FFmpeg's name, whose current header is {@code extradata}. */
  static PictureReader of(String codec, ByteBuffer extradata) {
    return switch (codec) {
      case "h264" -> new H264Pictures(extradata);
      case "hevc" -> new HevcPictures(extradata);
      case "vp8" -> new PlainPictures(VpxFrames::vp8Shows, true);
      case "vp9" -> new PlainPictures(VpxFrames::vp9Shows, true);
      case "mpeg1video", "mpeg2video", "mpeg4" -> new PlainPictures(packet -> true, false);
      default -> new PlainPictures(packet -> true, true);
    };
  }
}
