package io.zoetrope.media;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * An encoder and what it is told.
 *
 * @param name FFmpeg's
 * @param bitRate bits per second to aim at; 0 where quality alone decides
 * @param keyFrameInterval pictures from one key frame to the next, at most
 * @param options the encoder's own, by FFmpeg's names
 */
record EncoderChoice(String name, long bitRate, int keyFrameInterval, Map<String, String> options) {
  private static final String OPENH264 = "libopenh264";
  private static final String VP9 = "libvpx-vp9";
  private static final String AV1 = "libsvtav1";
  private static final Set<String> OWN = Set.of(OPENH264, VP9, AV1);

  /** A segment is shorter, so its only key frame is its first. */
  private static final int SEGMENT_KEY_FRAMES = 600;

  /** 36,864 macroblocks, as level 5.2 has them. */
  private static final long OPENH264_PIXELS = 36_864 * 256;

  /** It opens for less, but encodes nothing. */
  private static final int OPENH264_LEAST = 16;

  private static final double FALLBACK_RATE = 25;
  private static final double HIGHEST_RATE = 120;
  private static final double HD_PIXELS = 1280 * 720;

  EncoderChoice {
    options = Map.copyOf(options);
  }

  /** openh264, High profile, by quality within a bit rate, never a picture left out. */
  static EncoderChoice openh264(long bitRate, int keyFrameInterval) {
    return new EncoderChoice(
        OPENH264,
        bitRate,
        keyFrameInterval,
        Map.of("profile", "high", "rc_mode", "quality", "allow_skip_frames", "0"));
  }

  static EncoderChoice of(EncoderSettings settings) {
    return settings
        .encoder()
        .map(name -> byName(name, settings))
        .orElseGet(
            () ->
                switch (settings.codec()) {
                  case H264 -> h264(settings);
                  case VP9 -> vp9(settings.preset());
                  case AV1 -> av1(settings.preset());
                });
  }

  private static EncoderChoice h264(EncoderSettings settings) {
    EncoderChoice plain = openh264(bitRate(settings), SEGMENT_KEY_FRAMES);
    Map<String, String> options = new HashMap<>(plain.options());
    // What looks perfect already isn't made larger.
    options.put("qmin", by(settings.preset(), "26", "22", "18"));
    options.put("coder", by(settings.preset(), "cavlc", "cabac", "cabac"));
    return new EncoderChoice(OPENH264, plain.bitRate(), SEGMENT_KEY_FRAMES, options);
  }

  private static EncoderChoice vp9(Preset preset) {
    return new EncoderChoice(
        VP9,
        0,
        SEGMENT_KEY_FRAMES,
        Map.of(
            "deadline", by(preset, "realtime", "realtime", "good"),
            "cpu-used", by(preset, "8", "6", "4"),
            "crf", by(preset, "36", "32", "28"),
            "row-mt", "0"));
  }

  private static EncoderChoice av1(Preset preset) {
    return new EncoderChoice(
        AV1,
        0,
        SEGMENT_KEY_FRAMES,
        Map.of(
            "preset", by(preset, "10", "8", "6"),
            "crf", by(preset, "38", "34", "30"),
            "svtav1-params", "lp=1"));
  }

  private static EncoderChoice byName(String name, EncoderSettings settings) {
    Map<String, String> options =
        name.endsWith("_nvenc")
            ? Map.of("preset", by(settings.preset(), "p2", "p4", "p7"))
            : Map.of();
    return new EncoderChoice(name, bitRate(settings), SEGMENT_KEY_FRAMES, options);
  }

  /** Whether pictures of this format are worth a try. */
  boolean mayTake(PictureFormat format) {
    return !name.equals(OPENH264) || Math.min(format.width(), format.height()) >= OPENH264_LEAST;
  }

  /** What to do where it doesn't take pictures of this format. */
  String remedy(PictureFormat format) {
    long pixels = (long) format.width() * format.height();
    if (!mayTake(format)) {
      return "it takes %1$d × %1$d at least. Choose VP9.".formatted(OPENH264_LEAST);
    }
    if (name.equals(OPENH264) && pixels > OPENH264_PIXELS) {
      return "it takes 9.4 megapixels at most, some more than 3840 × 2160. Choose VP9 or AV1.";
    }
    return OWN.contains(name) ? "choose another codec." : "choose another encoder, or none.";
  }

  /** Small pictures have more to tell a pixel: bits grow with the 3/4th power of the size. */
  private static long bitRate(EncoderSettings settings) {
    long pixels = (long) settings.format().width() * settings.format().height();
    double rate = settings.frameRate().isKnown() ? settings.frameRate().toDouble() : FALLBACK_RATE;
    double bitsPerPixel = by(settings.preset(), 0.08, 0.12, 0.2);
    double density = Math.sqrt(Math.sqrt(HD_PIXELS / pixels));
    return Math.round(bitsPerPixel * density * pixels * Math.min(rate, HIGHEST_RATE));
  }

  private static <T> T by(Preset preset, T fast, T balanced, T best) {
    return switch (preset) {
      case FAST -> fast;
      case BALANCED -> balanced;
      case BEST -> best;
    };
  }
}
