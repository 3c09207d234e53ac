package io.zoetrope.detector.family;

import java.util.List;
import java.util.Map;

/**
 * What a model file says about itself, and what a run of it gave: enough to tell its family.
 *
 * @param file name of the file, for messages
 * @param metadata the custom metadata of the file
 * @param inputWidth in pixels
 * @param inputHeight in pixels
 * @param outputShapes of each output, the batch dimension first, every dimension known
 */
public record ModelSignature(
    String file,
    Map<String, String> metadata,
    int inputWidth,
    int inputHeight,
    List<List<Integer>> outputShapes) {

  /** Whether there is one output, of three dimensions, as most detectors have it. */
  boolean hasSingleTable() {
    return outputShapes.size() == 1 && outputShapes.get(0).size() == 3;
  }

  /** Rows of the single table: its second dimension. */
  int rows() {
    return outputShapes.get(0).get(1);
  }

  /** Columns of the single table: its third dimension. */
  int columns() {
    return outputShapes.get(0).get(2);
  }
}
