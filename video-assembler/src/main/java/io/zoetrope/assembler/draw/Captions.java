package io.zoetrope.assembler.draw;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Draws what each box is: label, track and confidence; where that would hide other objects, without
 * the confidence, then the track alone, and nothing rather than one caption over another. Objects
 * that were followed first choose first, so that captions keep their places. For one thread.
 */
final class Captions {
  /** Of the picture's width. */
  private static final float WIDEST = 0.4f;

  /** What more words may hide: not most of another object. */
  private static final float BEARABLE = 1.4f;

  private static final Comparator<Marked> FIRST_SEEN_FIRST =
      Comparator.<Marked>comparingInt(
              marked -> marked.subject().track() > 0 ? marked.subject().track() : Integer.MAX_VALUE)
          .thenComparing(marked -> -marked.outline().area());

  private final Tags tags;
  private final float stroke;
  private final float radius;

  Captions(Tags tags, Measures measures) {
    this.tags = tags;
    stroke = measures.stroke();
    radius = measures.radius();
  }

  void draw(Canvas canvas, List<Marked> subjects, TagPlaces places) {
    float widest = canvas.width() * WIDEST;
    subjects.stream()
        .sorted(FIRST_SEEN_FIRST)
        .forEachOrdered(marked -> draw(canvas, marked, places, widest));
  }

  private void draw(Canvas canvas, Marked marked, TagPlaces places, float widest) {
    Subject subject = marked.subject();
    String label = Lettering.drawable(subject.label());
    String track = subject.track() > 0 ? Integer.toString(subject.track()) : "";
    String name = (label + " " + track).strip();
    String confidence = Math.round(Math.max(0, Math.min(1, subject.confidence())) * 100) + "%";
    String least = track.isEmpty() ? label : track;
    if (!draw(canvas, marked, places, tags.tag(name, confidence, widest), BEARABLE)
        && !draw(canvas, marked, places, tags.tag(name, "", widest), BEARABLE)) {
      draw(canvas, marked, places, tags.tag(least, "", widest), Float.MAX_VALUE);
    }
  }

  private boolean draw(Canvas canvas, Marked marked, TagPlaces places, Tag tag, float bearable) {
    Optional<Box> place = places.place(marked.outline(), tag, bearable);
    place.ifPresent(
        box ->
            tags.draw(
                canvas,
                tag,
                ground(box, marked.outline()),
                marked.ink().colour(),
                256,
                marked.ink().text()));
    return place.isPresent();
  }

  /** The tag with its corners rounded, but where they meet the box. */
  private RoundedBox ground(Box tag, Box outline) {
    return new RoundedBox(
        tag.x(),
        tag.y(),
        tag.right(),
        tag.bottom(),
        corner(tag.x(), tag.y(), outline),
        corner(tag.right(), tag.y(), outline),
        corner(tag.right(), tag.bottom(), outline),
        corner(tag.x(), tag.bottom(), outline));
  }

  private float corner(float x, float y, Box outline) {
    boolean within = outline.grown(1).overlap(new Box(x - 0.5f, y - 0.5f, 1, 1)) > 0;
    boolean deep = outline.grown(-stroke - 1).overlap(new Box(x - 0.5f, y - 0.5f, 1, 1)) > 0;
    return within && !deep ? 0 : radius;
  }
}
