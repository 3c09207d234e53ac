package io.zoetrope.assembler.draw;

/**
 * Colours that people with any kind of colour vision can tell apart: those of M. Okabe and K. Ito,
 * "Color Universal Design" (2008), without black, which is lost in dark pictures. The first seven
 * labels or tracks have them as they are, the next ones lighter, then darker, then all that with
 * dashes; after 42 it begins again.
 */
final class Palette {
  private static final Colour[] OKABE_ITO = {
    Colour.of(0xE69F00), // orange
    Colour.of(0x009E73), // bluish green
    Colour.of(0x56B4E9), // sky blue
    Colour.of(0xCC79A7), // reddish purple
    Colour.of(0xF0E442), // yellow
    Colour.of(0xD55E00), // vermillion
    Colour.of(0x0072B2), // blue
  };
  private static final Colour NOBODY = Colour.of(0xD8D8D8);
  private static final Colour DARK_TEXT = Colour.of(0x101010);

  /** How far the hues of the lighter and darker ones are shifted against the first. */
  private static final int SHIFT = 3;

  private static final int LIGHTER = 128;
  private static final int DARKER = 84;
  private static final int DARK_BELOW = 120;

  /**
   * What a subject is drawn with.
   *
   * @param text what is readable on it
   */
  record Ink(Colour colour, Colour text, boolean dashed) {}

  private Palette() {}

  static Ink ink(Subject subject, ColourBy by) {
    if (by == ColourBy.LABEL) {
      return ink(subject.classId());
    }
    return subject.track() > 0 ? ink(subject.track() - 1) : ink(NOBODY, false);
  }

  static Ink ink(int number) {
    int round = Math.floorMod(Math.floorDiv(number, OKABE_ITO.length), 6);
    Colour hue = OKABE_ITO[Math.floorMod(number + SHIFT * round, OKABE_ITO.length)];
    Colour colour =
        switch (round % 3) {
          case 1 -> hue.with(Colour.WHITE, LIGHTER);
          case 2 -> hue.with(Colour.BLACK, DARKER);
          default -> hue;
        };
    return ink(colour, round >= 3);
  }

  private static Ink ink(Colour colour, boolean dashed) {
    Colour text = colour.lightness() < DARK_BELOW ? Colour.WHITE : DARK_TEXT;
    return new Ink(colour, text, dashed);
  }
}
