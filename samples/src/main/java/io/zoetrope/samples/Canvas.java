package io.zoetrope.samples;

import java.util.Arrays;

/** The picture in the making: colours as floats, and for every pixel which sprite is on top. */
final class Canvas {
  static final int NOTHING = -1;

  final int width;
  final int height;
  private final float[] rgb;
  private final byte[] top;

  Canvas(int width, int height) {
    this.width = width;
    this.height = height;
    this.rgb = new float[3 * width * height];
    this.top = new byte[width * height];
    Arrays.fill(top, (byte) NOTHING);
  }

  /** Mixes the colour in; a share of 1 replaces what was there. */
  void blend(int x, int y, Colour colour, float share) {
    int i = 3 * (y * width + x);
    rgb[i] += share * (colour.red() - rgb[i]);
    rgb[i + 1] += share * (colour.green() - rgb[i + 1]);
    rgb[i + 2] += share * (colour.blue() - rgb[i + 2]);
  }

  void cover(int x, int y, int sprite) {
    top[y * width + x] = (byte) sprite;
  }

  /** How many pixels each of the sprites shows. */
  int[] visiblePixels(int sprites) {
    int[] counts = new int[sprites];
    for (byte sprite : top) {
      if (sprite != NOTHING) {
        counts[sprite]++;
      }
    }
    return counts;
  }

  /** The picture as RGB24 after the light of the scene and the grain of the camera. */
  byte[] develop(Camera camera, int frame) {
    byte[] picture = new byte[rgb.length];
    for (int y = 0; y < height; y++) {
      camera.developRow(rgb, picture, y, frame);
    }
    return picture;
  }
}
