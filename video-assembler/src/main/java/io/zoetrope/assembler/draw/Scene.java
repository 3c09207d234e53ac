package io.zoetrope.assembler.draw;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that is drawn over one picture.
 *
 * @param failure code of why nothing is known about this picture
 */
public record Scene(Optional<String> failure, List<Subject> subjects, List<ZoneMark> zones) {
  public Scene {
    Objects.requireNonNull(failure);
    subjects = List.copyOf(subjects);
    zones = List.copyOf(zones);
  }
}
