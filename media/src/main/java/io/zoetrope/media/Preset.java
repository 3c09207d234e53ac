package io.zoetrope.media;

/** What matters more, the time that encoding takes or how good pictures look at a given size. */
public enum Preset {
  FAST,
  BALANCED,
  BEST
}
