package io.zoetrope.assembler.draw;

/** A subject that is outlined: where its line goes, and its colours. */
record Marked(Subject subject, Box outline, Palette.Ink ink) {}
