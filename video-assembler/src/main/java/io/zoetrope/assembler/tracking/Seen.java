package io.zoetrope.assembler.tracking;

/**
 * One object that was detected in one frame. The box is in any unit that stays the same from frame
 * to frame and is the same in both directions, such as pixels; origin top left.
 *
 * @param confidence 0 to 1
 */
public record Seen(int classId, float confidence, float x, float y, float width, float height) {}
