package io.zoetrope.media;

/**
 * The picture that a model wants: planar float32, three planes of {@code height} rows of {@code
 * width}.
 *
 * @param rgb planes in the order R, G, B; else B, G, R
 * @param unitScale values from 0 to 1; else from 0 to 255
 * @param centred letterboxed as Ultralytics does: centred, sizes rounded; else as YOLOX does: top
 *     left, sizes truncated
 */
public record InputFormat(int width, int height, boolean rgb, boolean unitScale, boolean centred) {
  /** The grey around the picture, on the scale from 0 to 255. */
  public static final int PADDING = 114;

  public InputFormat {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("no picture of " + width + "x" + height);
    }
  }

  public static InputFormat ultralytics(int width, int height) {
    return new InputFormat(width, height, true, true, true);
  }

  public static InputFormat yolox(int width, int height) {
    return new InputFormat(width, height, false, false, false);
  }

  /** Floats of one picture: 3 × height × width. */
  public int floats() {
    return 3 * width * height;
  }

  float padding() {
    return unitScale ? PADDING / 255f : PADDING;
  }
}
