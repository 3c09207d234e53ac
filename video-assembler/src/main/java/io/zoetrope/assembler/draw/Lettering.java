package io.zoetrope.assembler.draw;

import java.awt.geom.PathIterator;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.PrimitiveIterator;

/**
 * Text in one size. Heights are fitted to whole pixels, so that the upper and lower edges of
 * letters are sharp where there are few pixels; across, letters stand at quarters of a pixel. For
 * one thread.
 */
final class Lettering {
  private static final int STEPS = 4;
  private static final String ELLIPSIS = "…";

  /** Up to how many pixels per em round letters are as tall as flat ones. */
  private static final float FLATTENED = 32;

  private final Typeface typeface;
  private final PolygonFill fill;
  private final float scale;
  private final float overshoot;
  private final float small;
  private final int smallPixels;
  private final float tall;
  private final int tallPixels;
  private final boolean flattened;
  private final Map<Integer, Shape> shapes = new HashMap<>();

  /** A letter's coverage, and where its corner lies from the pen. */
  private record Shape(Layer layer, int left, int top) {}

  /**
   * @param em size in pixels
   */
  Lettering(Typeface typeface, PolygonFill fill, float em) {
    this.typeface = typeface;
    this.fill = fill;
    scale = em / typeface.unitsPerEm();
    small = typeface.heightOfx() * scale;
    tall = typeface.heightOfCapitals() * scale;
    smallPixels = Math.max(1, Math.round(small));
    tallPixels = Math.max(smallPixels + 1, Math.round(tall));
    overshoot = em / 50;
    flattened = em < FLATTENED;
  }

  /** Pixels from the base line to the top of capitals. */
  int capitals() {
    return tallPixels;
  }

  /**
   * Text as it can be drawn: composed where Unicode can, on one line, without what is invisible.
   */
  static String drawable(String text) {
    StringBuilder drawable = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .filter(Lettering::isVisible)
        .map(point -> Character.isISOControl(point) || isSpace(point) ? ' ' : point)
        .forEach(drawable::appendCodePoint);
    return drawable.toString().strip();
  }

  private static boolean isVisible(int point) {
    int type = Character.getType(point);
    boolean selector =
        (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
    return type != Character.FORMAT && !selector;
  }

  private static boolean isSpace(int point) {
    return Character.isSpaceChar(point);
  }

  /** Pixels from the first letter's beginning to the last one's end. */
  float width(String text) {
    float width = 0;
    for (PrimitiveIterator.OfInt points = text.codePoints().iterator(); points.hasNext(); ) {
      width += typeface.glyph(points.nextInt()).advance() * scale;
    }
    return width;
  }

  /** The text, or as much of its beginning as fits, with an ellipsis. */
  String fitted(String text, float width) {
    if (width(text) <= width) {
      return text;
    }
    float left = width - width(ELLIPSIS);
    StringBuilder fitted = new StringBuilder();
    for (PrimitiveIterator.OfInt points = text.codePoints().iterator(); points.hasNext(); ) {
      int point = points.nextInt();
      left -= typeface.glyph(point).advance() * scale;
      if (left < 0) {
        break;
      }
      fitted.appendCodePoint(point);
    }
    return fitted.toString().stripTrailing() + ELLIPSIS;
  }

  /** Raises a layer to a line of text that begins at {@code x} and stands on {@code baseLine}. */
  void draw(Layer layer, String text, float x, int baseLine) {
    float pen = x;
    for (PrimitiveIterator.OfInt points = text.codePoints().iterator(); points.hasNext(); ) {
      Typeface.Glyph glyph = typeface.glyph(points.nextInt());
      int steps = Math.round(pen * STEPS);
      Shape shape = shape(glyph, Math.floorMod(steps, STEPS));
      int left = Math.floorDiv(steps, STEPS) + shape.left;
      layer.raise(shape.layer, left, baseLine + shape.top);
      pen += glyph.advance() * scale;
    }
  }

  private Shape shape(Typeface.Glyph glyph, int step) {
    return shapes.computeIfAbsent(glyph.number() * STEPS + step, key -> shaped(glyph, step));
  }

  private Shape shaped(Typeface.Glyph glyph, int step) {
    float shift = (float) step / STEPS;
    var bounds = glyph.outline().getBounds2D();
    int left = (int) Math.floor(bounds.getMinX() * scale + shift);
    int right = (int) Math.ceil(bounds.getMaxX() * scale + shift);
    int top = -(int) Math.ceil(fitted((float) bounds.getMaxY() * scale));
    int bottom = -(int) Math.floor(fitted((float) bounds.getMinY() * scale));
    Layer layer = new Layer(Math.max(1, right - left), Math.max(1, bottom - top));
    fill.clear();
    float[] at = new float[6];
    for (PathIterator path = glyph.outline().getPathIterator(null); !path.isDone(); path.next()) {
      int kind = path.currentSegment(at);
      for (int i = 0; i < 4; i += 2) {
        at[i] = at[i] * scale + shift - left;
        at[i + 1] = -fitted(at[i + 1] * scale) - top;
      }
      fill.add(kind, at);
    }
    fill.fill(layer);
    return new Shape(layer, left, top);
  }

  /**
   * A height above the base line, stretched such that those that letters share are whole pixels.
   */
  private float fitted(float height) {
    float kept = flattened ? 0 : 1;
    if (height < -overshoot) {
      return height + overshoot * (1 - kept);
    }
    if (height < 0) {
      return height * kept;
    }
    if (height <= small) {
      return height * smallPixels / small;
    }
    if (height <= small + overshoot) {
      return smallPixels + (height - small) * kept;
    }
    float above = smallPixels + overshoot * kept;
    if (height <= tall) {
      float part = (height - small - overshoot) / (tall - small - overshoot);
      return above + part * (tallPixels - above);
    }
    if (height <= tall + overshoot) {
      return tallPixels + (height - tall) * kept;
    }
    return tallPixels + height - tall - overshoot * (1 - kept);
  }
}
