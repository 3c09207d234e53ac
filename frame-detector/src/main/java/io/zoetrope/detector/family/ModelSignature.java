package io.zoetrope.detector.family;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a model file says about itself, and what a run of it gave: enough to tell its family.
 *
 * @param file name of the file, for messages
 * @param metadata the custom metadata of the file
 * @param inputWidth in pixels
 * @param inputHeight in pixels
 * @param outputShapes of each output, the batch dimension first, every dimension known
 * @param headOperators types of the graph's operators behind its last convolution; empty where they
 *     aren't known
 */
public record ModelSignature(
    String file,
    Map<String, String> metadata,
    int inputWidth,
    int inputHeight,
    List<List<Integer>> outputShapes,
    Optional<Set<String>> headOperators) {
  private static final int TABLE_DIMENSIONS = 3;
  private static final int RAW_DIMENSIONS = 5;

  /**
   * Index of the output with the boxes: the only one of three dimensions. Beside it there may be
   * the raw maps {@code [b, anchors, h, w, 5+classes]} that older exports of v5 and v7 have.
   */
  public OptionalInt table() {
    int[] tables =
        IntStream.range(0, outputShapes.size())
            .filter(output -> outputShapes.get(output).size() == TABLE_DIMENSIONS)
            .toArray();
    boolean otherwiseRaw =
        outputShapes.stream()
            .allMatch(shape -> shape.size() == TABLE_DIMENSIONS || shape.size() == RAW_DIMENSIONS);
    return tables.length == 1 && otherwiseRaw ? OptionalInt.of(tables[0]) : OptionalInt.empty();
  }

  /** Second dimension of the table. */
  int rows() {
    return outputShapes.get(table().orElseThrow()).get(1);
  }

  /** Third dimension of the table. */
  int columns() {
    return outputShapes.get(table().orElseThrow()).get(2);
  }

  /** Whether the head may have none of these operators: it has none, or isn't known. */
  boolean mayLack(Set<String> operators) {
    return headOperators.map(head -> head.stream().noneMatch(operators::contains)).orElse(true);
  }

  /** Whether the head may have this operator: it has it, or isn't known. */
  boolean mayHave(String operator) {
    return headOperators.map(head -> head.contains(operator)).orElse(true);
  }
}
