package io.zoetrope.media;

/**
 * Where a picture lies inside a model's input: scaled evenly by {@code scale} to {@code
 * scaledWidth} × {@code scaledHeight} pixels, with its top-left corner at ({@code left}, {@code
 * top}).
 *
 * <p>The two conventions are those of Ultralytics ({@code LetterBox} and {@code ops.scale_boxes}:
 * Python's round-half-even, offset {@code round(d - 0.1)}) and of YOLOX ({@code preproc}: truncated
 * sizes, no offset).
 *
 * @param scale model pixels per picture pixel, the same for both axes and not adapted to the
 *     rounded sizes, exactly as both references map their boxes back
 * @param pictureWidth of the upright picture; likewise {@code pictureHeight}
 */
public record Letterbox(
    double scale,
    int left,
    int top,
    int scaledWidth,
    int scaledHeight,
    int pictureWidth,
    int pictureHeight) {
  public static Letterbox of(int pictureWidth, int pictureHeight, InputFormat format) {
    double scale =
        Math.min((double) format.height() / pictureHeight, (double) format.width() / pictureWidth);
    int width = fit(pictureWidth * scale, format.width(), format.centred());
    int height = fit(pictureHeight * scale, format.height(), format.centred());
    int left = format.centred() ? offset(format.width() - width) : 0;
    int top = format.centred() ? offset(format.height() - height) : 0;
    return new Letterbox(scale, left, top, width, height, pictureWidth, pictureHeight);
  }

  /** The picture's x, in pixels and clipped to it, of an x in the model's input. */
  public double toPictureX(double modelX) {
    return clip((modelX - left) / scale, pictureWidth);
  }

  /** The picture's y, in pixels and clipped to it, of a y in the model's input. */
  public double toPictureY(double modelY) {
    return clip((modelY - top) / scale, pictureHeight);
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
