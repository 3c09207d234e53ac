package io.zoetrope.assembler.draw;

import java.awt.geom.GeneralPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.OS2WindowsMetricsTable;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The outlines of Roboto Medium (Latin, Greek and Cyrillic), read from the library that brings it:
 * the machine's own fonts, FreeType and fontconfig play no part. One that it lacks is its glyph 0,
 * an empty frame. For any thread.
 */
final class Typeface {
  private static final String RESOURCE = "/com/formdev/flatlaf/fonts/roboto/Roboto-Medium.ttf";

  private static final class Loaded {
    static final Typeface ROBOTO = read(RESOURCE);
  }

  /**
   * A character's shape.
   *
   * @param outline in font units, y upwards; empty for a space; not to be changed
   * @param advance from this one to the next, in font units
   */
  record Glyph(int number, GeneralPath outline, int advance) {}

  private final TrueTypeFont font;
  private final CmapLookup characters;
  private final int unitsPerEm;
  private final int heightOfx;
  private final int heightOfCapitals;
  private final Map<Integer, Glyph> glyphs = new ConcurrentHashMap<>();

  private Typeface(TrueTypeFont font) throws IOException {
    this.font = font;
    characters = font.getUnicodeCmapLookup();
    unitsPerEm = font.getUnitsPerEm();
    OS2WindowsMetricsTable metrics = font.getOS2Windows();
    heightOfx = metrics.getHeight();
    heightOfCapitals = metrics.getCapHeight();
  }

  static Typeface roboto() {
    return Loaded.ROBOTO;
  }

  int unitsPerEm() {
    return unitsPerEm;
  }

  /** Of an x, in font units. */
  int heightOfx() {
    return heightOfx;
  }

  /** Of an H, in font units. */
  int heightOfCapitals() {
    return heightOfCapitals;
  }

  Glyph glyph(int codePoint) {
    return glyphs.computeIfAbsent(codePoint, this::load);
  }

  private Glyph load(int codePoint) {
    // The library reads from one place in the file at a time.
    synchronized (font) {
      try {
        int number = characters.getGlyphId(codePoint);
        GlyphData data = font.getGlyph().getGlyph(number);
        GeneralPath outline = data == null ? new GeneralPath() : data.getPath();
        return new Glyph(number, outline, font.getAdvanceWidth(number));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Typeface read(String resource) {
    try (InputStream file = Typeface.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException(resource + " isn't on the class path");
      }
      return new Typeface(new TTFParser().parse(new RandomAccessReadBuffer(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
