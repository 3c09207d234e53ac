package io.zoetrope.media;

/** What annotated videos are encoded as. */
public enum VideoCodec {
  /** High profile; plays everywhere. */
  H264,
  VP9,
  AV1
}
