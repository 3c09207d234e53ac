package io.zoetrope.assembler.tracking;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Who belongs to whom, so that the sum of all distances is least, where two that stay alone are as
 * far apart as is allowed: R. Jonker, A. Volgenant, "A shortest augmenting path algorithm for dense
 * and sparse linear assignment problems", Computing 38, 1987.
 */
final class Assignment {
  static final int NONE = -1;

  private final double[][] cost;
  private final int rows;
  private final int columns;
  private final double[] rowPotential;
  private final double[] columnPotential;
  private final int[] rowOf;

  private Assignment(double[][] cost, int rows, int columns) {
    this.cost = cost;
    this.rows = rows;
    this.columns = columns;
    rowPotential = new double[rows];
    columnPotential = new double[columns];
    rowOf = new int[columns];
    Arrays.fill(rowOf, NONE);
  }

  /**
   * The best pairs.
   *
   * @param distances {@code double[rows][columns]}
   * @param limit from which on two are never a pair
   * @return for each row its column, or {@link #NONE}
   */
  static int[] of(double[][] distances, double limit) {
    // Most of them are near nobody, and would only make the search longer.
    int[] rows =
        IntStream.range(0, distances.length)
            .filter(row -> Arrays.stream(distances[row]).anyMatch(value -> value < limit))
            .toArray();
    int all = distances.length == 0 ? 0 : distances[0].length;
    int[] columns =
        IntStream.range(0, all)
            .filter(column -> Arrays.stream(distances).anyMatch(row -> row[column] < limit))
            .toArray();
    int[] result = new int[distances.length];
    Arrays.fill(result, NONE);
    boolean turned = rows.length > columns.length;
    int[] few = turned ? columns : rows;
    int[] many = turned ? rows : columns;
    double[][] cost = new double[few.length][many.length];
    for (int i = 0; i < few.length; i++) {
      for (int j = 0; j < many.length; j++) {
        double distance = turned ? distances[many[j]][few[i]] : distances[few[i]][many[j]];
        // What is too far apart costs as much as two that stay alone.
        cost[i][j] = Math.min(0, distance - limit);
      }
    }
    int[] pairs = new Assignment(cost, few.length, many.length).solve();
    for (int i = 0; i < few.length; i++) {
      if (cost[i][pairs[i]] < 0) {
        result[turned ? many[pairs[i]] : few[i]] = turned ? few[i] : many[pairs[i]];
      }
    }
    return result;
  }

  /** For each row its column; there are no more rows than columns. */
  private int[] solve() {
    for (int row = 0; row < rows; row++) {
      augment(row);
    }
    int[] columnOf = new int[rows];
    for (int column = 0; column < columns; column++) {
      if (rowOf[column] != NONE) {
        columnOf[rowOf[column]] = column;
      }
    }
    return columnOf;
  }

  /** Finds a column for one row more, along the shortest path on which others change theirs. */
  private void augment(int first) {
    double[] shortest = new double[columns];
    int[] before = new int[columns];
    boolean[] reached = new boolean[columns];
    Arrays.fill(shortest, Double.POSITIVE_INFINITY);
    int row = first;
    int column = NONE;
    do {
      int nearest = NONE;
      for (int next = 0; next < columns; next++) {
        if (reached[next]) {
          continue;
        }
        double length = cost[row][next] - rowPotential[row] - columnPotential[next];
        if (length < shortest[next]) {
          shortest[next] = length;
          before[next] = column;
        }
        if (nearest == NONE || shortest[next] < shortest[nearest]) {
          nearest = next;
        }
      }
      raise(first, reached, shortest, shortest[nearest]);
      reached[nearest] = true;
      column = nearest;
      row = rowOf[column];
    } while (row != NONE);
    while (column != NONE) {
      int previous = before[column];
      rowOf[column] = previous == NONE ? first : rowOf[previous];
      column = previous;
    }
  }

  private void raise(int first, boolean[] reached, double[] shortest, double by) {
    rowPotential[first] += by;
    for (int column = 0; column < columns; column++) {
      if (reached[column]) {
        rowPotential[rowOf[column]] += by;
        columnPotential[column] -= by;
      } else {
        shortest[column] -= by;
      }
    }
  }
}
