package io.zoetrope.media;

import java.nio.ByteBuffer;

/**
 * Something that FFmpeg hangs on a packet and that its decoder needs, such as {@code New
 * Extradata}. {@code type} is FFmpeg's own name for it; the buffer isn't to be changed.
 */
public record SideData(String type, ByteBuffer data) {}
