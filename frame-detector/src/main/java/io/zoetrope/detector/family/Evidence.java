package io.zoetrope.detector.family;

/** What speaks for a family, the strongest first. */
enum Evidence {
  /** The metadata of the file says so. */
  METADATA,
  /** There are exactly as many boxes as the cells of the input ask for. */
  CELLS,
  /** The output can be read so. */
  SHAPE
}
