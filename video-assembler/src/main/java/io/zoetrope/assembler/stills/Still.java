package io.zoetrope.assembler.stills;

import java.util.OptionalLong;

/**
 * A picture file.
 *
 * @param bytes not to be changed
 * @param ptsMicros when the frame is shown that it shows; empty where it shows several
 */
public record Still(String mediaType, byte[] bytes, OptionalLong ptsMicros) {}
