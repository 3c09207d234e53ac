package io.zoetrope.assembler.draw;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Draws scenes over pictures of one size. It remembers nothing of the picture before: the same
 * scene over the same picture gives the same bytes, whichever pictures came before and on whichever
 * machine. Keeps some 2 bytes per pixel of memory. For one thread.
 *
 * <p>What is to be concealed is so before anything is drawn. Of a scene with a failure nobody knows
 * where such subjects are; under a look that conceals, all of its picture is concealed.
 */
public final class ScenePainter {
  private static final int HALO = 112;
  private static final int TRAIL_EDGE = 96;
  private static final int TRAIL = 232;

  /** Length of what repeats in a dashed line, in strokes. */
  private static final float DASH = 7;

  private final int width;
  private final int height;
  private final Look look;
  private final Measures measures;
  private final Layer layer;
  private final Layer edge;
  private final Concealer concealer;
  private final Zones zones;
  private final Trails trails;
  private final Captions captions;
  private final FailureMark failureMark;

  /**
   * A painter for canvases of one size.
   *
   * @param width of the canvases in pixels, likewise {@code height}
   */
  public ScenePainter(int width, int height, Look look) {
    this.width = width;
    this.height = height;
    this.look = look;
    measures = Measures.of(width, height);
    layer = new Layer(width, height);
    edge = new Layer(width, height);
    PolygonFill fill = new PolygonFill();
    Strokes strokes = new Strokes(layer, edge, measures.halo());
    Lettering letters = new Lettering(Typeface.roboto(), fill, measures.em());
    Lettering larger = new Lettering(Typeface.roboto(), fill, measures.em() * 1.25f);
    Tags tags = new Tags(layer, letters, measures);
    concealer = new Concealer(look.concealment() == Concealment.BLUR, width);
    zones = new Zones(layer, edge, fill, strokes, tags, measures);
    trails = new Trails(strokes, measures);
    captions = new Captions(tags, measures);
    failureMark = new FailureMark(layer, edge, fill, strokes, larger, letters, measures);
  }

  /**
   * Draws a scene over the canvas's picture.
   *
   * @throws IllegalArgumentException if the canvas isn't of this painter's size
   */
  public void paint(Canvas canvas, Scene scene) {
    if (canvas.width() != width || canvas.height() != height) {
      throw new IllegalArgumentException(
          "a painter of %dx%d pixels can't paint %dx%d"
              .formatted(width, height, canvas.width(), canvas.height()));
    }
    conceal(canvas, scene);
    List<ZoneMark> marks = scene.zones().stream().filter(ZoneMark::isFinite).toList();
    marks.forEach(zone -> zones.drawOutline(canvas, zone));
    List<Marked> marked = marked(scene.subjects());
    marked.forEach(subject -> drawTrail(canvas, subject));
    marked.forEach(subject -> drawOutline(canvas, subject));
    TagPlaces places = places(marked.stream().map(Marked::outline).toList());
    // A zone's tag stays where it is, whatever moves under it.
    TagPlaces zonePlaces = places(List.of());
    for (ZoneMark zone : marks) {
      zones.drawTag(canvas, zone, zonePlaces).ifPresent(places::take);
    }
    if (look.captions()) {
      captions.draw(canvas, marked, places);
    }
    scene.failure().ifPresent(code -> failureMark.draw(canvas, code));
  }

  private TagPlaces places(List<Box> outlines) {
    return new TagPlaces(width, height, measures.stroke(), outlines);
  }

  private void conceal(Canvas canvas, Scene scene) {
    if (look.concealment() == Concealment.NOTHING) {
      return;
    }
    if (scene.failure().isPresent()) {
      concealer.concealAll(canvas);
      return;
    }
    for (Subject subject : scene.subjects()) {
      if (subject.concealed() && subject.box().isIn(width, height)) {
        concealer.conceal(canvas, subject.box());
      }
    }
  }

  /** The subjects that are outlined, small ones last, so that big ones don't cover them. */
  private List<Marked> marked(List<Subject> subjects) {
    List<Marked> marked = new ArrayList<>();
    for (Subject subject : subjects) {
      if (subject.outlined() && subject.box().isIn(width, height)) {
        marked.add(
            new Marked(subject, outline(subject.box()), Palette.ink(subject, look.colourBy())));
      }
    }
    marked.sort(Comparator.comparing(one -> -one.outline().area()));
    return marked;
  }

  /**
   * The outer edge of a box's line, which has the box's edge in its middle; at whole pixels, where
   * it is sharp and doesn't tremble with the box.
   */
  private Box outline(Box box) {
    Box grown = box.grown(measures.stroke() / 2).within(width, height);
    float left = Math.round(grown.x());
    float top = Math.round(grown.y());
    float right = Math.max(left + 1, Math.round(grown.right()));
    float bottom = Math.max(top + 1, Math.round(grown.bottom()));
    return new Box(left, top, right - left, bottom - top);
  }

  private void drawTrail(Canvas canvas, Marked marked) {
    trails.draw(marked.subject().trail());
    edge.blend(canvas, canvas.colours().tone(Colour.BLACK), TRAIL_EDGE);
    layer.blend(canvas, canvas.colours().tone(marked.ink().colour()), TRAIL);
  }

  private void drawOutline(Canvas canvas, Marked marked) {
    float stroke = measures.stroke();
    float halo = measures.halo();
    RoundedBox.of(marked.outline().grown(halo), measures.radius() + halo)
        .outline(layer, stroke + 2 * halo, 0);
    layer.blend(canvas, canvas.colours().tone(Colour.BLACK), HALO);
    RoundedBox.of(marked.outline(), measures.radius())
        .outline(layer, stroke, marked.ink().dashed() ? DASH * stroke : 0);
    layer.blend(canvas, canvas.colours().tone(marked.ink().colour()), 256);
  }
}
