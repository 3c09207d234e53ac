package io.zoetrope.media;

import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Which of an original's sounds goes along with its pictures: the best that MP4 can hold.
 *
 * @param refusal why it can't go along nevertheless, in a sentence
 * @param note what isn't as in the original, in a sentence
 */
record SoundChoice(AVStream stream, Optional<String> refusal, Optional<String> note) {
  /** Empty where there is no sound. */
  static Optional<SoundChoice> of(Demuxer demuxer, VideoStream video) {
    int found =
        avformat.av_find_best_stream(
            demuxer.context(), avutil.AVMEDIA_TYPE_AUDIO, -1, video.index(), (AVCodec) null, 0);
    if (found < 0) {
      return Optional.empty();
    }
    AVStream best = demuxer.streams().get(found);
    List<AVStream> sounds =
        demuxer.streams().stream()
            .filter(stream -> stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO)
            .toList();
    Optional<String> refusal = SoundTrial.refusal(best);
    if (refusal.isEmpty()) {
      Optional<String> note =
          Optional.of(
              "Of its %d sounds only the best is here, %s.".formatted(sounds.size(), name(best)));
      return Optional.of(new SoundChoice(best, refusal, note.filter(several -> sounds.size() > 1)));
    }
    return Optional.of(
        sounds.stream()
            .filter(sound -> SoundTrial.refusal(sound).isEmpty())
            .findFirst()
            .map(
                other ->
                    new SoundChoice(
                        other,
                        Optional.empty(),
                        Optional.of(
                            "Of its %d sounds only one is here, %s, as MP4 can't hold the best, %s."
                                .formatted(sounds.size(), name(other), name(best)))))
            .orElse(new SoundChoice(best, refusal, refusal)));
  }

  private static String name(AVStream sound) {
    return avcodec.avcodec_get_name(sound.codecpar().codec_id()).getString();
  }
}
