package io.zoetrope.media;

import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Reads a medium's packets, one picture each: what AVI files pack together for MPEG-4 with B frames
 * is taken apart. Owns the native bitstream filter.
 */
final class PacketFilter implements AutoCloseable {
  private static final String UNPACK = "mpeg4_unpack_bframes";
  private static final String PASS_ON = "null";

  private final MediaInput input;
  private final AVBSFContext filter;
  private boolean drained;
  private long taken;
  private long given;

  PacketFilter(MediaInput input) {
    this.input = input;
    AVStream stream = input.stream();
    boolean packs = stream.codecpar().codec_id() == avcodec.AV_CODEC_ID_MPEG4;
    PointerPointer<AVBSFContext> created = new PointerPointer<>(1);
    Ffmpeg.requireSuccess(
        avcodec.av_bsf_alloc(avcodec.av_bsf_get_by_name(packs ? UNPACK : PASS_ON), created),
        "av_bsf_alloc");
    filter = created.get(AVBSFContext.class, 0);
    created.close();
    Ffmpeg.requireSuccess(
        avcodec.avcodec_parameters_copy(filter.par_in(), stream.codecpar()),
        "avcodec_parameters_copy");
    filter.time_base_in(stream.time_base());
    Ffmpeg.requireSuccess(avcodec.av_bsf_init(filter), "av_bsf_init");
  }

  /** The parameters of the packets that come out. */
  AVCodecParameters parameters() {
    return filter.par_out();
  }

  /** Reads the next packet; false at the end. */
  boolean read(AVPacket packet) {
    while (true) {
      int result = avcodec.av_bsf_receive_packet(filter, packet);
      if (result >= 0) {
        if (packet.size() > 0) {
          given++;
          return true;
        }
        avcodec.av_packet_unref(packet);
      } else if (result == avutil.AVERROR_EOF || drained) {
        return false;
      } else if (input.read(packet)) {
        taken++;
        // A packet that the filter can't take apart is dropped by it, as by every player.
        avcodec.av_bsf_send_packet(filter, packet);
      } else {
        drained = true;
        avcodec.av_bsf_send_packet(filter, null);
      }
    }
  }

  /** Forgets what it holds: the packets that follow aren't those that came next. */
  void flush() {
    avcodec.av_bsf_flush(filter);
    drained = false;
  }

  /** Packets that came to nothing: place holders for what another one had packed with it. */
  long dropped() {
    return taken - given;
  }

  @Override
  public void close() {
    avcodec.av_bsf_free(filter);
  }
}
