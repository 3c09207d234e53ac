package io.zoetrope.assembler.segments;

import io.zoetrope.assembler.annotation.Choice;
import io.zoetrope.assembler.draw.Box;
import io.zoetrope.assembler.draw.ColourBy;
import io.zoetrope.assembler.draw.Concealment;
import io.zoetrope.assembler.draw.Look;
import io.zoetrope.assembler.draw.Place;
import io.zoetrope.assembler.draw.Scene;
import io.zoetrope.assembler.draw.Subject;
import io.zoetrope.assembler.draw.ZoneMark;
import io.zoetrope.assembler.segments.Trails.Spot;
import io.zoetrope.events.AnnotatedFrame;
import io.zoetrope.events.AnnotatedObject;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.events.Zone;
import io.zoetrope.events.ZoneCount;
import io.zoetrope.media.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns what is known of frames into scenes in the pixels of a picture. Takes frames in the order
 * in which they are shown, those before the first one of interest as well, which trails come from.
 * For one thread.
 */
public final class SceneComposer {
  private final RenderStyle style;
  private final Choice choice;
  private final List<String> labels;
  private final Trails trails;

  /**
   * No frames yet.
   *
   * @param labels by class id
   */
  public SceneComposer(RenderStyle style, List<String> labels) {
    this.style = style;
    this.labels = labels;
    choice = new Choice(style);
    trails = new Trails(style.getTrailMicros());
  }

  /** How a style looks. */
  public static Look look(RenderStyle style) {
    return new Look(
        ColourBy.valueOf(style.getColours().name()),
        style.getCaptions(),
        Concealment.valueOf(style.getConceal().name()));
  }

  /** Takes a frame that isn't drawn on. */
  public void pass(AnnotatedFrame frame) {
    if (frame.getPtsMicros() != null) {
      frame
          .getObjects()
          .forEach(
              object ->
                  trails.add(object, frame.getPtsMicros(), frame.getWidth(), frame.getHeight()));
    }
  }

  /**
   * Takes a frame that was detected in.
   *
   * @param placement where the frame's picture lies in the one that is drawn on
   */
  public Scene compose(AnnotatedFrame frame, Placement placement) {
    pass(frame);
    List<Subject> subjects = new ArrayList<>();
    for (AnnotatedObject object : frame.getObjects()) {
      subjects.add(subject(object, frame, placement));
    }
    return new Scene(Optional.empty(), subjects, zones(frame, placement));
  }

  /** Takes a frame that is marked with the code of a failure. */
  public Scene fail(AnnotatedFrame frame, String code, Placement placement) {
    return new Scene(Optional.of(code), List.of(), zones(frame, placement));
  }

  private Subject subject(AnnotatedObject object, AnnotatedFrame frame, Placement placement) {
    String label = labels.get(object.getClassId());
    float scaleX = (float) placement.width() / frame.getWidth();
    float scaleY = (float) placement.height() / frame.getHeight();
    Box box =
        new Box(
            placement.x() + object.getX() * scaleX,
            placement.y() + object.getY() * scaleY,
            object.getWidth() * scaleX,
            object.getHeight() * scaleY);
    List<Place> trail =
        object.getTrack() == 0
            ? List.of()
            : trails.of(object.getTrack()).stream().map(spot -> place(spot, placement)).toList();
    return new Subject(
        label,
        object.getClassId(),
        object.getConfidence(),
        object.getTrack(),
        box,
        trail,
        choice.outlines(label, object.getConfidence()),
        choice.conceals(label));
  }

  private static Place place(Spot spot, Placement placement) {
    return place(spot.x(), spot.y(), placement);
  }

  private static Place place(double x, double y, Placement placement) {
    return new Place(
        (float) (placement.x() + x * placement.width()),
        (float) (placement.y() + y * placement.height()));
  }

  private List<ZoneMark> zones(AnnotatedFrame frame, Placement placement) {
    List<ZoneMark> marks = new ArrayList<>();
    for (int i = 0; i < style.getZones().size(); i++) {
      Zone zone = style.getZones().get(i);
      ZoneCount count = frame.getZones().get(i);
      List<Place> corners =
          zone.getCorners().stream()
              .map(corner -> place(corner.getX(), corner.getY(), placement))
              .toList();
      marks.add(new ZoneMark(zone.getName(), corners, count.getInside(), count.getEntered()));
    }
    return marks;
  }
}
