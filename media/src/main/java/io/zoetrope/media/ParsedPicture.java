package io.zoetrope.media;

/** What FFmpeg's parser says of a packet, before the codec's own rules are applied. */
record ParsedPicture(Type type, Structure structure, int orderCount) {
  enum Type {
    UNKNOWN,
    INTRA,
    PREDICTED,
    BIDIRECTIONAL
  }

  enum Structure {
    FRAME,
    TOP_FIELD,
    BOTTOM_FIELD
  }

  boolean mayBeIntra() {
    return type == Type.INTRA || type == Type.UNKNOWN;
  }
}
