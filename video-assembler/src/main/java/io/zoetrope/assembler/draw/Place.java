package io.zoetrope.assembler.draw;

/** A place in a picture, in pixels from its top left corner; the centre of the first is 0.5. */
public record Place(float x, float y) {
  boolean isFinite() {
    return Float.isFinite(x) && Float.isFinite(y);
  }
}
