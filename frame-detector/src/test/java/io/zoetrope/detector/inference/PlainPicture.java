package io.zoetrope.detector.inference;

import java.util.List;

/**
 * A decoded 4:2:0 picture in plain Java.
 *
 * @param planes luma {@code [height][width]} from 0 to 255, blue and red chroma half as wide and
 *     high
 * @param bt709 else BT.601
 */
record PlainPicture(int width, int height, List<float[]> planes, boolean bt709, boolean fullRange) {

  int chromaWidth() {
    return (width + 1) / 2;
  }

  int chromaHeight() {
    return (height + 1) / 2;
  }

  /** Red, green and blue from 0 to 1, unclipped: ITU-R BT.601 and BT.709, section 3. */
  double[] rgb(double luma, double blueChroma, double redChroma) {
    double red = bt709 ? 0.2126 : 0.299;
    double blue = bt709 ? 0.0722 : 0.114;
    double y = fullRange ? luma / 255 : (luma - 16) / 219;
    double cb = (blueChroma - 128) / (fullRange ? 255 : 224);
    double cr = (redChroma - 128) / (fullRange ? 255 : 224);
    double r = y + 2 * (1 - red) * cr;
    double b = y + 2 * (1 - blue) * cb;
    return new double[] {r, (y - red * r - blue * b) / (1 - red - blue), b};
  }
}
