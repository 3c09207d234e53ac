package io.zoetrope.assembler.draw;

import java.util.List;
import java.util.Objects;

/**
 * An object in a picture.
 *
 * @param label any text; a character that the typeface lacks is drawn as an empty frame
 * @param classId decides about the colour, where that goes by label
 * @param confidence 0 to 1
 * @param track number of the object, from 1; 0 where it isn't followed
 * @param trail where it has been, oldest first, ending where it is; empty for none
 * @param outlined whether box, caption and trail are drawn
 * @param concealed whether it is made unrecognisable, as the look says
 */
public record Subject(
    String label,
    int classId,
    float confidence,
    int track,
    Box box,
    List<Place> trail,
    boolean outlined,
    boolean concealed) {
  public Subject {
    Objects.requireNonNull(label);
    Objects.requireNonNull(box);
    trail = List.copyOf(trail);
  }
}
