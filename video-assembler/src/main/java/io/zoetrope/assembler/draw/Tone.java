package io.zoetrope.assembler.draw;

/** A colour as the samples of a picture, 0 to 255 each. */
record Tone(int luma, int cb, int cr) {}
