package io.zoetrope.assembler.draw;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Draws zones: a white line around a faint veil, which is a little stronger while something is
 * inside, and a dark tag with name and counts at the topmost corner that has room. White, since
 * colours are the objects'. For one thread.
 */
final class Zones {
  private static final int VEIL = 18;
  private static final int VEIL_OCCUPIED = 42;
  private static final int EDGE = 120;
  private static final int LINE = 216;
  private static final int GROUND = 184;
  private static final Colour GROUND_COLOUR = Colour.of(0x14181C);

  private final Layer layer;
  private final Layer edge;
  private final PolygonFill fill;
  private final Strokes strokes;
  private final Tags tags;
  private final Measures measures;

  Zones(Layer layer, Layer edge, PolygonFill fill, Strokes strokes, Tags tags, Measures measures) {
    this.layer = layer;
    this.edge = edge;
    this.fill = fill;
    this.strokes = strokes;
    this.tags = tags;
    this.measures = measures;
  }

  void drawOutline(Canvas canvas, ZoneMark zone) {
    List<Place> corners = zone.corners();
    Tone white = canvas.colours().tone(Colour.WHITE);
    Place last = corners.get(corners.size() - 1);
    fill.clear();
    fill.moveTo(last.x(), last.y());
    corners.forEach(corner -> fill.lineTo(corner.x(), corner.y()));
    fill.fill(layer);
    layer.blend(canvas, white, zone.inside() > 0 ? VEIL_OCCUPIED : VEIL);
    float radius = measures.stroke() / 2;
    for (Place corner : corners) {
      strokes.line(
          new Strokes.End(last.x(), last.y(), radius, 1),
          new Strokes.End(corner.x(), corner.y(), radius, 1));
      last = corner;
    }
    edge.blend(canvas, canvas.colours().tone(Colour.BLACK), EDGE);
    layer.blend(canvas, white, LINE);
  }

  /** Draws a zone's tag, and tells where. */
  Optional<Box> drawTag(Canvas canvas, ZoneMark zone, TagPlaces places) {
    String name = Lettering.drawable(zone.name());
    String counts =
        zone.inside() + " now" + (zone.entered() > 0 ? " · " + zone.entered() + " in all" : "");
    Tag tag = tags.tag(name, counts, canvas.width() * 0.4f);
    Optional<Box> place =
        zone.corners().stream()
            .sorted(Comparator.comparing(Place::y).thenComparing(Place::x))
            .map(corner -> beside(corner, tag))
            .map(outline -> places.place(outline, tag, Float.MAX_VALUE))
            .flatMap(Optional::stream)
            .findFirst();
    place.ifPresent(
        box ->
            tags.draw(
                canvas,
                tag,
                RoundedBox.of(box, measures.radius()),
                GROUND_COLOUR,
                GROUND,
                Colour.WHITE));
    return place;
  }

  /** An outline such that a tag above or inside of its top left corner is at this corner. */
  private static Box beside(Place corner, Tag tag) {
    return new Box(corner.x() - tag.width() / 2, corner.y(), tag.width(), tag.height());
  }
}
