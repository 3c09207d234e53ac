package io.zoetrope.assembler.draw;

/** What shares a colour: objects of one label, or one object over time. */
public enum ColourBy {
  LABEL,
  TRACK
}
