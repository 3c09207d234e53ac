package io.zoetrope.media;

import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Takes the headers off AAC packets that have one each, as in MPEG-TS: MP4 has it once. The sound
 * itself stays as it is. Owns the native bitstream filter.
 */
final class AdtsFilter implements AutoCloseable {
  private static final String ADTS_TO_MP4 = "aac_adtstoasc";

  private final AVBSFContext filter;

  AdtsFilter(AVStream stream) {
    PointerPointer<AVBSFContext> created = new PointerPointer<>(1);
    Ffmpeg.requireSuccess(
        avcodec.av_bsf_alloc(avcodec.av_bsf_get_by_name(ADTS_TO_MP4), created), "av_bsf_alloc");
    filter = created.get(AVBSFContext.class, 0);
    created.close();
    Ffmpeg.requireSuccess(
        avcodec.avcodec_parameters_copy(filter.par_in(), stream.codecpar()),
        "avcodec_parameters_copy");
    filter.time_base_in(stream.time_base());
    Ffmpeg.requireSuccess(avcodec.av_bsf_init(filter), "av_bsf_init");
  }

  /** Whether packets of the stream have headers of their own. */
  static boolean isNeeded(AVStream stream) {
    return stream.codecpar().codec_id() == avcodec.AV_CODEC_ID_AAC
        && stream.codecpar().extradata_size() == 0;
  }

  /** Changes a packet; false where it is damaged, and empty now. */
  boolean apply(AVPacket packet) {
    if (avcodec.av_bsf_send_packet(filter, packet) < 0) {
      avcodec.av_packet_unref(packet);
      return false;
    }
    return avcodec.av_bsf_receive_packet(filter, packet) >= 0;
  }

  @Override
  public void close() {
    avcodec.av_bsf_free(filter);
  }
}
