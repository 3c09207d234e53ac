package io.zoetrope.assembler.draw;

/**
 * How big things are drawn, in pixels, for a picture of some size: in proportion to a picture of
 * its area in 16:9, with a floor below which lines and letters don't shrink.
 *
 * @param stroke width of a box's line, whole so that it is sharp
 * @param halo width of the dark edge around lines and tags
 * @param radius of corners
 * @param em size of letters
 * @param padding between letters and their tag's edge
 */
record Measures(float stroke, float halo, float radius, float em, float padding) {
  static Measures of(int width, int height) {
    float unit = (float) Math.sqrt((double) width * height * 9 / 16);
    float stroke = Math.round(1.2f + unit / 400);
    float em = Math.max(10, 3 + unit / 48);
    return new Measures(stroke, Math.max(1, Math.round(stroke * 0.4f)), stroke * 2, em, em * 0.3f);
  }
}
