package io.zoetrope.media;

import java.util.Optional;

/**
 * How pictures are encoded.
 *
 * @param timeBase the unit of the pictures' times
 * @param frameRate nominal, or unknown; the pictures' own times are kept whatever it says
 * @param encoder FFmpeg's name of the encoder, such as {@code h264_nvenc}; empty for the one that
 *     gives the same bytes on every machine
 */
public record EncoderSettings(
    VideoCodec codec,
    Preset preset,
    PictureFormat format,
    Rational timeBase,
    Rational frameRate,
    Optional<String> encoder) {
  public EncoderSettings(
      VideoCodec codec,
      Preset preset,
      PictureFormat format,
      Rational timeBase,
      Rational frameRate) {
    this(codec, preset, format, timeBase, frameRate, Optional.empty());
  }

  public EncoderSettings {
    if (!timeBase.isKnown()) {
      throw new IllegalArgumentException("no time base: " + timeBase);
    }
  }

  /** The same, with another codec. */
  public EncoderSettings withCodec(VideoCodec other) {
    return new EncoderSettings(other, preset, format, timeBase, frameRate, encoder);
  }

  /**
   * Opens the encoder and closes it again.
   *
   * @throws MediaException {@code MEDIA_UNSUPPORTED} if there is no such encoder, or none that
   *     takes such pictures
   */
  public void requireEncoder() {
    new PictureEncoder(EncoderChoice.of(this), format, frameRate).close();
  }

  /** The same, with an encoder by its name, whose bytes may depend on the machine. */
  public EncoderSettings withEncoder(String name) {
    return new EncoderSettings(codec, preset, format, timeBase, frameRate, Optional.of(name));
  }
}
