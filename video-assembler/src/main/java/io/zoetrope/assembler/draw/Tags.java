package io.zoetrope.assembler.draw;

/** Draws tags: words on a filled ground with a dark edge. For one thread. */
final class Tags {
  private static final int HALO = 100;
  private static final int DETAIL = 196;
  private static final float GAP = 0.42f;

  private final Layer layer;
  private final Lettering letters;
  private final Measures measures;

  Tags(Layer layer, Lettering letters, Measures measures) {
    this.layer = layer;
    this.letters = letters;
    this.measures = measures;
  }

  /** A tag of both, the name shortened where it would be wider than {@code widest} pixels. */
  Tag tag(String name, String detail, float widest) {
    String fitted = letters.fitted(name, widest);
    float gap = fitted.isEmpty() || detail.isEmpty() ? 0 : GAP * measures.em();
    float nameWidth = letters.width(fitted) + gap;
    float width = nameWidth + letters.width(detail) + 2 * measures.padding();
    int height = letters.capitals() + 2 * margin();
    return new Tag(fitted, detail, nameWidth, (float) Math.ceil(width), height);
  }

  /** Pixels above and below capitals. */
  private int margin() {
    return Math.max(2, Math.round(measures.padding() * 0.95f));
  }

  /**
   * @param groundOpacity 0 to 256
   */
  void draw(
      Canvas canvas, Tag tag, RoundedBox ground, Colour colour, int groundOpacity, Colour text) {
    Colours colours = canvas.colours();
    ground.grown(measures.halo()).outline(layer, measures.halo() + 0.5f, 0);
    layer.blend(canvas, colours.tone(Colour.BLACK), HALO);
    ground.fill(layer);
    layer.blend(canvas, colours.tone(colour), groundOpacity);
    float x = ground.left() + measures.padding();
    int baseLine = Math.round(ground.top()) + margin() + letters.capitals();
    letters.draw(layer, tag.name(), x, baseLine);
    layer.blend(canvas, colours.tone(text), 256);
    letters.draw(layer, tag.detail(), x + tag.nameWidth(), baseLine);
    layer.blend(canvas, colours.tone(text), DETAIL);
  }
}
