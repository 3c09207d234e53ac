package io.zoetrope.assembler.draw;

/**
 * What a tag says, and how much room that takes.
 *
 * @param name what matters most; may be empty
 * @param detail what is told a little less loudly; may be empty
 * @param nameWidth in pixels, with the gap before the detail
 */
record Tag(String name, String detail, float nameWidth, float width, int height) {}
