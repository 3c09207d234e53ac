package io.zoetrope.assembler.stills;

import java.util.OptionalLong;

/** A picture file. */
public final class Still {
  private final String mediaType;
  private final byte[] bytes;
  private final OptionalLong ptsMicros;

  /** Takes ownership of {@code bytes}. */
  Still(String mediaType, byte[] bytes, OptionalLong ptsMicros) {
    this.mediaType = mediaType;
    this.bytes = bytes;
    this.ptsMicros = ptsMicros;
  }

  /** As HTTP names it. */
  public String mediaType() {
    return mediaType;
  }

  /** The file; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** When the frame is shown that it shows; empty where it shows several. */
  public OptionalLong ptsMicros() {
    return ptsMicros;
  }
}
