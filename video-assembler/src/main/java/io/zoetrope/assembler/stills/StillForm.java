package io.zoetrope.assembler.stills;

import io.zoetrope.media.StillEncoder;
import java.util.OptionalInt;

/**
 * What a picture is to be.
 *
 * @param width in square pixels at most, 16 or more; empty: as large as it is
 */
public record StillForm(StillEncoder.Format format, OptionalInt width) {
  private static final int LEAST_WIDTH = 16;

  public StillForm {
    if (width.isPresent() && width.getAsInt() < LEAST_WIDTH) {
      throw new IllegalArgumentException("no picture is " + width.getAsInt() + " pixels wide");
    }
  }

  /** The same, but of this width where it has none. */
  StillForm orWidth(int otherwise) {
    return width.isPresent() ? this : new StillForm(format, OptionalInt.of(otherwise));
  }
}
