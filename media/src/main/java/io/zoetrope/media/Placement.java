package io.zoetrope.media;

/**
 * Where a frame's upright picture lies in a {@link Picture}: pixels from its top left corner. What
 * is at (x, y) of a frame of w × h pixels is at ({@code this.x + x * width / w}, {@code this.y + y
 * * height / h}).
 */
public record Placement(int x, int y, int width, int height) {}
