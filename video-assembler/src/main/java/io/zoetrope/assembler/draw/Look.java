package io.zoetrope.assembler.draw;

import java.util.Objects;

/**
 * How scenes are drawn.
 *
 * @param captions whether each box tells label, track and confidence
 * @param concealment of those subjects that are to be concealed
 */
public record Look(ColourBy colourBy, boolean captions, Concealment concealment) {
  public Look {
    Objects.requireNonNull(colourBy);
    Objects.requireNonNull(concealment);
  }
}
