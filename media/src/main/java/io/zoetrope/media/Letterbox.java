package io.zoetrope.media;

import io.zoetrope.media.InputFormat.Fit;

/**
 * Where a picture lies inside a model's input: scaled to {@code scaledWidth} × {@code scaledHeight}
 * pixels, with its top-left corner at ({@code left}, {@code top}).
 *
 * <p>The conventions are those of Ultralytics ({@code LetterBox} and {@code ops.scale_boxes}:
 * Python's round-half-even, offset {@code round(d - 0.1)}) and of YOLOX ({@code preproc}: truncated
 * sizes, no offset); a {@link InputFormat.Fit#STRETCHED stretched} picture has a scale for each
 * axis.
 *
 * @param scaleX model pixels per picture pixel, likewise {@code scaleY}; where the picture isn't
 *     stretched they are the same and not adapted to the rounded sizes, exactly as both references
 *     map their boxes back
 * @param pictureWidth of the upright picture; likewise {@code pictureHeight}
 */
public record Letterbox(
    double scaleX,
    double scaleY,
    int left,
    int top,
    int scaledWidth,
    int scaledHeight,
    int pictureWidth,
    int pictureHeight) {
  public static Letterbox of(int pictureWidth, int pictureHeight, InputFormat format) {
    double scaleX = (double) format.width() / pictureWidth;
    double scaleY = (double) format.height() / pictureHeight;
    if (format.fit() == Fit.STRETCHED) {
      return new Letterbox(
          scaleX, scaleY, 0, 0, format.width(), format.height(), pictureWidth, pictureHeight);
    }
    double scale = Math.min(scaleX, scaleY);
    boolean centred = format.fit() == Fit.CENTRED;
    int width = fit(pictureWidth * scale, format.width(), centred);
    int height = fit(pictureHeight * scale, format.height(), centred);
    int left = centred ? offset(format.width() - width) : 0;
    int top = centred ? offset(format.height() - height) : 0;
    return new Letterbox(scale, scale, left, top, width, height, pictureWidth, pictureHeight);
  }

  /** The picture's x, in pixels and clipped to it, of an x in the model's input. */
  public double toPictureX(double modelX) {
    return clip((modelX - left) / scaleX, pictureWidth);
  }

  /** The picture's y, in pixels and clipped to it, of a y in the model's input. */
  public double toPictureY(double modelY) {
    return clip((modelY - top) / scaleY, pictureHeight);
  }

  private static int fit(double size, int limit, boolean rounded) {
    int whole = (int) (rounded ? Math.rint(size) : size);
    return Math.max(1, Math.min(limit, whole));
  }

  private static int offset(int gap) {
    return (int) Math.rint(gap / 2.0 - 0.1);
  }

  private static double clip(double value, int limit) {
    return Math.max(0, Math.min(limit, value));
  }
}
