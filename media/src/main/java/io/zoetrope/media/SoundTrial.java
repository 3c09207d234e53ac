package io.zoetrope.media;

import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Finds out whether MP4 can hold a sound: whether its muxer takes it. */
final class SoundTrial {
  private SoundTrial() {}

  /** Why it can't, in a sentence. */
  static Optional<String> refusal(AVStream sound) {
    AVCodecParameters parameters = sound.codecpar();
    String codec = avcodec.avcodec_get_name(parameters.codec_id()).getString();
    if (parameters.sample_rate() <= 0 || parameters.ch_layout().nb_channels() <= 0) {
      return Optional.of(
          "Its sound, " + codec + ", doesn't say how it is to be played; there is none here.");
    }
    return isTaken(parameters)
        ? Optional.empty()
        : Optional.of("Its sound, " + codec + ", can't be held by MP4; there is none here.");
  }

  private static boolean isTaken(AVCodecParameters parameters) {
    AVFormatContext container = new AVFormatContext(null);
    AVIOContext nowhere = new AVIOContext(null);
    try {
      Ffmpeg.requireSuccess(avformat.avio_open_dyn_buf(nowhere), "avio_open_dyn_buf");
      Ffmpeg.requireSuccess(
          avformat.avformat_alloc_output_context2(container, null, "mp4", (String) null),
          "avformat_alloc_output_context2");
      int known =
          avformat.avformat_query_codec(
              container.oformat(), parameters.codec_id(), avcodec.FF_COMPLIANCE_NORMAL);
      if (known != 1) {
        return false;
      }
      container.pb(nowhere);
      AVStream stream = avformat.avformat_new_stream(container, null);
      Ffmpeg.requireSuccess(
          avcodec.avcodec_parameters_copy(stream.codecpar(), parameters),
          "avcodec_parameters_copy");
      stream.codecpar().codec_tag(0);
      return avformat.avformat_init_output(container, (AVDictionary) null) >= 0;
    } finally {
      avformat.avformat_free_context(container);
      BytePointer nothing = new BytePointer((Pointer) null);
      avformat.avio_close_dyn_buf(nowhere, nothing);
      avutil.av_free(nothing);
    }
  }
}
