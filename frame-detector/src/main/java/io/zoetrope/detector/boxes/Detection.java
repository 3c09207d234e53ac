package io.zoetrope.detector.boxes;

/**
 * One object in one frame. The box is in pixels of the upright stored picture, origin top left,
 * clipped to it.
 *
 * @param classId index into the model's labels
 * @param confidence 0 to 1, unrounded
 */
public record Detection(
    int classId, float confidence, float x, float y, float width, float height) {}
