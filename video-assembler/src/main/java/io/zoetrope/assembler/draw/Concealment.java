package io.zoetrope.assembler.draw;

/** How objects that nobody should recognise are made unrecognisable. */
public enum Concealment {
  NOTHING,
  BLUR,
  PIXELATE
}
