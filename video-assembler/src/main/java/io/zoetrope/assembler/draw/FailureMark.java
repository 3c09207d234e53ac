package io.zoetrope.assembler.draw;

/**
 * Marks a picture about which nothing is known: darkened and paler, with a striped band above and
 * below, and a sign in the middle that says so with the failure's code. For one thread.
 */
final class FailureMark {
  private static final Colour AMBER = Colour.of(0xFFB400);
  private static final Colour DARK = Colour.of(0x14181C);
  private static final String WORDS = "Nothing known about this frame";
  private static final int VEIL = 112;
  private static final int GROUND = 224;

  private final Layer layer;
  private final Layer edge;
  private final PolygonFill fill;
  private final Strokes strokes;
  private final Lettering code;
  private final Lettering words;
  private final Measures measures;

  FailureMark(
      Layer layer,
      Layer edge,
      PolygonFill fill,
      Strokes strokes,
      Lettering code,
      Lettering words,
      Measures measures) {
    this.layer = layer;
    this.edge = edge;
    this.fill = fill;
    this.strokes = strokes;
    this.code = code;
    this.words = words;
    this.measures = measures;
  }

  void draw(Canvas canvas, String failure) {
    Colours colours = canvas.colours();
    for (int y = 0; y < canvas.height(); y++) {
      layer.raise(0, canvas.width(), y, 255);
    }
    layer.blend(canvas, colours.tone(DARK), VEIL);
    drawBands(canvas);
    drawSign(canvas, failure);
  }

  private void drawBands(Canvas canvas) {
    float band = Math.max(4, measures.em() * 0.5f);
    int width = canvas.width();
    int height = canvas.height();
    RoundedBox.of(new Box(-1, -1, width + 2, band + 1), 0).fill(layer);
    RoundedBox.of(new Box(-1, height - band, width + 2, band + 1), 0).fill(layer);
    layer.blend(canvas, canvas.colours().tone(DARK), 256);
    fill.clear();
    float step = band * 2.5f;
    for (float x = -step; x < width + step; x += step) {
      stripe(x, 0, band, step / 2);
      stripe(x, height - band, band, step / 2);
    }
    fill.fill(layer);
    layer.blend(canvas, canvas.colours().tone(AMBER), 256);
  }

  private void stripe(float x, float top, float height, float width) {
    fill.moveTo(x + height, top);
    fill.lineTo(x + height + width, top);
    fill.lineTo(x + width, top + height);
    fill.lineTo(x, top + height);
    fill.close();
  }

  private void drawSign(Canvas canvas, String failure) {
    Colours colours = canvas.colours();
    float em = measures.em();
    float gap = em * 0.6f;
    float triangle = em * 2.2f;
    float widest = Math.max(em, canvas.width() - triangle - 4 * gap);
    String title = code.fitted(Lettering.drawable(failure), widest);
    String line = words.fitted(WORDS, widest);
    float text = Math.max(code.width(title), words.width(line));
    float width = Math.min(canvas.width(), text + triangle + 3 * gap);
    float height = triangle + 2 * gap;
    float left = (float) Math.floor((canvas.width() - width) / 2);
    float top = (float) Math.floor((canvas.height() - height) / 2);
    RoundedBox.of(new Box(left, top, width, height), measures.radius() * 2).fill(layer);
    layer.blend(canvas, colours.tone(DARK), GROUND);
    drawTriangle(canvas, left + gap, top + gap, triangle);
    float x = left + 2 * gap + triangle;
    int between = Math.max(3, Math.round(em * 0.45f));
    int lines = code.capitals() + between + words.capitals();
    int baseLine = Math.round(top + (height - lines) / 2) + code.capitals();
    code.draw(layer, title, x, baseLine);
    layer.blend(canvas, colours.tone(AMBER), 256);
    words.draw(layer, line, x, baseLine + between + words.capitals());
    layer.blend(canvas, colours.tone(Colour.WHITE), 224);
  }

  /** A warning triangle in a square. */
  private void drawTriangle(Canvas canvas, float left, float top, float side) {
    float middle = left + side / 2;
    float round = side * 0.06f;
    fill.clear();
    fill.moveTo(middle, top + side * 0.12f);
    fill.lineTo(left + side - round, top + side * 0.9f);
    fill.lineTo(left + round, top + side * 0.9f);
    fill.close();
    fill.fill(layer);
    layer.blend(canvas, canvas.colours().tone(AMBER), 256);
    strokes.line(
        new Strokes.End(middle, top + side * 0.42f, side * 0.055f, 1),
        new Strokes.End(middle, top + side * 0.62f, side * 0.04f, 1));
    Strokes.End dot = new Strokes.End(middle, top + side * 0.77f, side * 0.058f, 1);
    strokes.line(dot, dot);
    edge.blend(canvas, canvas.colours().tone(DARK), 0);
    layer.blend(canvas, canvas.colours().tone(DARK), 256);
  }
}
