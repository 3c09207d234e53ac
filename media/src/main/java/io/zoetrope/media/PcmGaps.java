package io.zoetrope.media;

import java.util.function.Predicate;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.Pointer;

/**
 * Fills the gaps of uncompressed sound with silence, {@value #LONGEST_SECONDS} seconds of it at
 * most: in an MP4 file all of its samples have one duration, so that whatever follows a gap would
 * be heard too early. Owns what it reads into. For one thread.
 */
final class PcmGaps implements AutoCloseable {
  private static final int LONGEST_SECONDS = 600;

  /** Shorter ones are inaudible, and often but the container's rounding; as parts of a second. */
  private static final int PARTS = 25;

  private final AVPacket next = avcodec.av_packet_alloc();
  private final int rate;
  private final int frameBytes;
  private boolean waits;
  private boolean started;
  private long end;
  private long left;

  PcmGaps(AVStream sound) {
    AVCodecParameters parameters = sound.codecpar();
    rate = Math.max(1, parameters.sample_rate());
    frameBytes = parameters.ch_layout().nb_channels() * bits(parameters) / Byte.SIZE;
    left = (long) LONGEST_SECONDS * rate;
  }

  /** Whether the sound is uncompressed. */
  static boolean isNeeded(AVStream sound) {
    return bits(sound.codecpar()) >= Byte.SIZE;
  }

  private static int bits(AVCodecParameters parameters) {
    return avcodec.av_get_exact_bits_per_sample(parameters.codec_id());
  }

  /**
   * Gives the next packet, or silence before it; false at the end.
   *
   * @param packet empty
   * @param source likewise, without silence; timed in samples
   */
  boolean read(AVPacket packet, Predicate<AVPacket> source) {
    if (!waits) {
      waits = source.test(next);
      if (!waits) {
        return false;
      }
      end = started ? end : next.dts();
      started = true;
    }
    long gap = next.dts() - end;
    if (gap > rate / PARTS && left > 0) {
      silence(packet, (int) Math.min(Math.min(gap, left), rate));
      left -= packet.duration();
    } else {
      avcodec.av_packet_move_ref(packet, next);
      waits = false;
    }
    end += packet.duration();
    return true;
  }

  private void silence(AVPacket packet, int samples) {
    Ffmpeg.requireSuccess(avcodec.av_new_packet(packet, samples * frameBytes), "av_new_packet");
    Pointer.memset(packet.data(), 0, packet.size());
    packet.dts(end).pts(end).duration(samples).flags(avcodec.AV_PKT_FLAG_KEY);
  }

  @Override
  public void close() {
    avcodec.av_packet_free(next);
  }
}
