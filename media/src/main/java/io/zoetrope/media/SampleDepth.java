package io.zoetrope.media;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Bits of a sample of lossless sound, by its codec's header. MP4 says it once more beside that
 * header, and players refuse a file that contradicts itself; FFmpeg would ask a decoder.
 */
final class SampleDepth {
  /** A FLAC header is its STREAMINFO (RFC 9639, 8.2); an ALAC one an {@code alac} box. */
  private static final int FLAC_BYTES = 34;

  private static final int FLAC_DEPTH = 12;
  private static final int ALAC_BYTES = 36;
  private static final int ALAC_DEPTH = 17;

  private SampleDepth() {}

  /** Zero where nothing is known. */
  static int of(AVCodecParameters sound) {
    int size = sound.extradata_size();
    if (sound.codec_id() == avcodec.AV_CODEC_ID_FLAC && size == FLAC_BYTES) {
      int high = sound.extradata().get(FLAC_DEPTH) & 1;
      int low = (sound.extradata().get(FLAC_DEPTH + 1) & 0xf0) >> 4;
      return (high << 4 | low) + 1;
    }
    if (sound.codec_id() == avcodec.AV_CODEC_ID_ALAC && size == ALAC_BYTES) {
      return sound.extradata().get(ALAC_DEPTH) & 0xff;
    }
    return sound.bits_per_raw_sample();
  }
}
