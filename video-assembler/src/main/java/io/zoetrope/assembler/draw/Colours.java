package io.zoetrope.assembler.draw;

import java.util.Objects;

/**
 * How a picture's samples stand for colours: luma's shares of red and blue, and whether samples use
 * all of 0 to 255 or 16 to 235 (luma) and 16 to 240 (chroma), as ITU-R BT.601, BT.709 and BT.2020
 * have it. Immutable.
 */
public final class Colours {
  private final double redShare;
  private final double blueShare;
  private final boolean fullRange;

  private Colours(double redShare, double blueShare, boolean fullRange) {
    this.redShare = redShare;
    this.blueShare = blueShare;
    this.fullRange = fullRange;
  }

  /**
   * The colours of a picture.
   *
   * @param matrix FFmpeg's name of the picture's colour space, {@code bt709} and so on; one that it
   *     doesn't know counts as that
   */
  public static Colours of(String matrix, boolean fullRange) {
    Objects.requireNonNull(matrix);
    return switch (matrix) {
      case "bt470bg", "smpte170m" -> new Colours(0.299, 0.114, fullRange);
      case "fcc" -> new Colours(0.30, 0.11, fullRange);
      case "smpte240m" -> new Colours(0.212, 0.087, fullRange);
      case "bt2020nc", "bt2020c" -> new Colours(0.2627, 0.0593, fullRange);
      default -> new Colours(0.2126, 0.0722, fullRange);
    };
  }

  Tone tone(Colour colour) {
    double red = colour.red() / 255.0;
    double green = colour.green() / 255.0;
    double blue = colour.blue() / 255.0;
    double luma = redShare * red + (1 - redShare - blueShare) * green + blueShare * blue;
    double cb = (blue - luma) / (2 * (1 - blueShare));
    double cr = (red - luma) / (2 * (1 - redShare));
    double lumaScale = fullRange ? 255 : 219;
    double chromaScale = fullRange ? 255 : 224;
    return new Tone(
        sample((fullRange ? 0 : 16) + lumaScale * luma),
        sample(128 + chromaScale * cb),
        sample(128 + chromaScale * cr));
  }

  private static int sample(double value) {
    return (int) Math.max(0, Math.min(255, Math.floor(value + 0.5)));
  }
}
