package io.zoetrope.assembler.annotation;

/**
 * One object that a run found in a frame. The box is in pixels of the upright picture, origin top
 * left.
 *
 * @param classId index into the model's labels, among which {@code label} is
 * @param confidence above 0, up to 1
 */
public record RunObject(
    String label, int classId, float confidence, float x, float y, float width, float height) {}
