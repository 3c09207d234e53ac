package io.zoetrope.samples;

import java.nio.ByteBuffer;

/**
 * One picture of a scene and its truth.
 *
 * @param rgb RGB24, {@code byte[360 * 640 * 3]}, rows from the top, no padding; backed by an array
 */
public record SceneFrame(ByteBuffer rgb, FrameTruth truth) {}
