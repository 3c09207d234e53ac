package io.zoetrope.assembler.annotation;

import io.zoetrope.assembler.tracking.Seen;
import io.zoetrope.assembler.tracking.Tracker;
import io.zoetrope.events.AnnotatedObject;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.RenderStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Follows a run's objects where the style asks for it, be it to show their tracks, to count who has
 * been in a zone, or to conceal without a flicker. Positions are those in a picture of the size of
 * the first one, should the size change.
 */
final class ObjectTracks {
  /** For so long an object that nobody should recognise stays concealed while it isn't seen. */
  private static final long CONCEALED_MICROS = 500_000;

  private final Choice choice;
  private final boolean follows;
  private final boolean shows;
  private final Tracker tracker = new Tracker();
  private final Set<Integer> concealed = new HashSet<>();
  private long lastMicros;
  private int pictureWidth;
  private int pictureHeight;

  ObjectTracks(RenderStyle style, Choice choice) {
    this.choice = choice;
    shows = style.getTracks();
    follows = shows || !style.getZones().isEmpty() || style.getConceal() != Concealment.NOTHING;
  }

  /**
   * The tracks of one frame.
   *
   * @param numbers of its objects; 0: none
   * @param presumed objects that weren't detected but have to stay concealed
   */
  record Frame(List<Integer> numbers, boolean shows, List<AnnotatedObject> presumed) {
    /** The number that is shown of an object. */
    int shown(int object) {
      return shows ? numbers.get(object) : 0;
    }
  }

  /** Takes the next frame that was detected in. */
  Frame follow(RunFrame frame, List<RunObject> objects) {
    if (!follows) {
      return new Frame(Collections.nCopies(objects.size(), 0), false, List.of());
    }
    if (pictureWidth == 0) {
      pictureWidth = frame.width();
      pictureHeight = frame.height();
    }
    float scaleX = (float) pictureWidth / frame.width();
    float scaleY = (float) pictureHeight / frame.height();
    List<Seen> seen = new ArrayList<>(objects.size());
    for (RunObject object : objects) {
      seen.add(seen(object, scaleX, scaleY));
      if (choice.conceals(object.label())) {
        concealed.add(object.classId());
      }
    }
    lastMicros = frame.ptsMicros().orElse(lastMicros);
    List<Integer> numbers = Arrays.stream(tracker.update(lastMicros, seen)).boxed().toList();
    return new Frame(numbers, shows, presumed(scaleX, scaleY));
  }

  private static Seen seen(RunObject object, float scaleX, float scaleY) {
    return new Seen(
        object.classId(),
        object.confidence(),
        object.x() * scaleX,
        object.y() * scaleY,
        object.width() * scaleX,
        object.height() * scaleY);
  }

  private List<AnnotatedObject> presumed(float scaleX, float scaleY) {
    if (concealed.isEmpty()) {
      return List.of();
    }
    return tracker.awaited().stream()
        .filter(awaited -> concealed.contains(awaited.classId()))
        .filter(awaited -> awaited.unseenMicros() <= CONCEALED_MICROS)
        .map(
            awaited ->
                new AnnotatedObject(
                    awaited.classId(),
                    Annotations.PRESUMED,
                    0,
                    awaited.x() / scaleX,
                    awaited.y() / scaleY,
                    awaited.width() / scaleX,
                    awaited.height() / scaleY))
        .toList();
  }
}
