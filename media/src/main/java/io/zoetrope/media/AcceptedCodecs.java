package io.zoetrope.media;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * The codecs whose decoders untrusted bytes are given to: those in which videos are made, exchanged
 * and archived. FFmpeg knows some two hundred more, of games and of long ago, that few have looked
 * at with an attacker's eyes; they are refused by name.
 */
final class AcceptedCodecs {
  private static final Set<Integer> IDS =
      Set.of(
          avcodec.AV_CODEC_ID_H264,
          avcodec.AV_CODEC_ID_HEVC,
          avcodec.AV_CODEC_ID_AV1,
          avcodec.AV_CODEC_ID_VP8,
          avcodec.AV_CODEC_ID_VP9,
          avcodec.AV_CODEC_ID_MPEG1VIDEO,
          avcodec.AV_CODEC_ID_MPEG2VIDEO,
          avcodec.AV_CODEC_ID_MPEG4,
          avcodec.AV_CODEC_ID_MSMPEG4V2,
          avcodec.AV_CODEC_ID_MSMPEG4V3,
          avcodec.AV_CODEC_ID_H263,
          avcodec.AV_CODEC_ID_FLV1,
          avcodec.AV_CODEC_ID_VP6F,
          avcodec.AV_CODEC_ID_WMV1,
          avcodec.AV_CODEC_ID_WMV2,
          avcodec.AV_CODEC_ID_WMV3,
          avcodec.AV_CODEC_ID_VC1,
          avcodec.AV_CODEC_ID_THEORA,
          avcodec.AV_CODEC_ID_MJPEG,
          avcodec.AV_CODEC_ID_PRORES,
          avcodec.AV_CODEC_ID_DNXHD,
          avcodec.AV_CODEC_ID_DVVIDEO,
          avcodec.AV_CODEC_ID_FFV1,
          avcodec.AV_CODEC_ID_HUFFYUV,
          avcodec.AV_CODEC_ID_FFVHUFF,
          avcodec.AV_CODEC_ID_UTVIDEO,
          avcodec.AV_CODEC_ID_DIRAC,
          avcodec.AV_CODEC_ID_JPEG2000,
          avcodec.AV_CODEC_ID_PNG,
          avcodec.AV_CODEC_ID_SVQ1,
          avcodec.AV_CODEC_ID_QTRLE,
          avcodec.AV_CODEC_ID_MSRLE,
          avcodec.AV_CODEC_ID_ZMBV,
          avcodec.AV_CODEC_ID_RAWVIDEO);

  // Nothing else is opened, not even to find out what a stream is.
  private static final String DECODER_NAMES =
      IDS.stream()
          .flatMap(id -> decoder(id).stream())
          .map(codec -> codec.name().getString())
          .sorted()
          .collect(Collectors.joining(","));

  private AcceptedCodecs() {}

  /** The decoder of a codec that is accepted. */
  static Optional<AVCodec> decoder(int codecId) {
    return IDS.contains(codecId)
        ? Optional.ofNullable(avcodec.avcodec_find_decoder(codecId))
        : Optional.empty();
  }

  /** The names of the accepted decoders, as FFmpeg wants them: separated by commas. */
  static String decoderNames() {
    return DECODER_NAMES;
  }

  /** The same, and the one decoder without which some sounds don't tell their sample rate. */
  static String decoderNamesWithSound() {
    return DECODER_NAMES + ",aac";
  }
}
