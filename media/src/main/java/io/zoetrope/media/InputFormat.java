package io.zoetrope.media;

/**
 * The picture that a model wants: planar float32, three planes of {@code height} rows of {@code
 * width}.
 *
 * @param rgb planes in the order R, G, B; else B, G, R
 * @param unitScale values from 0 to 1; else from 0 to 255
 * @param fit how a picture of another shape is brought to this one
 */
public record InputFormat(int width, int height, boolean rgb, boolean unitScale, Fit fit) {
  /** The ways of bringing a picture to the shape of a model's input. */
  public enum Fit {
    /** Scaled evenly, sizes rounded, grey on both sides: Ultralytics' {@code LetterBox}. */
    CENTRED,
    /** Scaled evenly, sizes truncated, grey at the right and below: YOLOX's {@code preproc}. */
    TOP_LEFT,
    /**
     * Scaled to fill the input, each axis by itself: {@code LetterBox} with {@code scale_fill}, as
     * Ultralytics' {@code RTDETRPredictor} has it.
     */
    STRETCHED
  }

  /** The grey around the picture, on the scale from 0 to 255. */
  public static final int PADDING = 114;

  public InputFormat {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("no picture of " + width + "x" + height);
    }
  }

  public static InputFormat ultralytics(int width, int height) {
    return new InputFormat(width, height, true, true, Fit.CENTRED);
  }

  public static InputFormat yolox(int width, int height) {
    return new InputFormat(width, height, false, false, Fit.TOP_LEFT);
  }

  /** RGB from 0 to 1 without any grey, as Ultralytics gives RT-DETR its pictures. */
  public static InputFormat stretched(int width, int height) {
    return new InputFormat(width, height, true, true, Fit.STRETCHED);
  }

  /** Floats of one picture: 3 × height × width. */
  public int floats() {
    return 3 * width * height;
  }

  float padding() {
    return unitScale ? PADDING / 255f : PADDING;
  }
}
