package io.zoetrope.detector.family;

/** What speaks for a family, the strongest first. */
enum Evidence {
  /** The metadata of the file says so. */
  METADATA("by its metadata"),
  /** There are exactly as many boxes as the cells of the input ask for. */
  CELLS("by the number of its boxes"),
  /** The output can be read so. */
  SHAPE("by the shape of its output");

  private final String words;

  Evidence(String words) {
    this.words = words;
  }

  /** The end of a sentence about how the family was told. */
  String words() {
    return words;
  }
}
