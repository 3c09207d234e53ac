package io.zoetrope.detector.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A node of a graph.
 *
 * @param operator as {@link OnnxGraph} names it
 * @param inputs names of the tensors that it takes
 * @param outputs names of those that it makes
 */
record OnnxNode(String operator, List<String> inputs, List<String> outputs) {
  private static final String CONVOLUTION = "Conv";

  /**
   * The operators behind the last convolution on every path: what a detector's head does with its
   * raw numbers.
   *
   * @param nodes each after those that it takes tensors from, as the format demands
   */
  static Set<String> headOperators(List<OnnxNode> nodes) {
    Set<String> beforeConvolution = new HashSet<>();
    Set<String> head = new TreeSet<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      OnnxNode node = nodes.get(i);
      boolean convolution = node.operator.equals(CONVOLUTION);
      if (convolution || node.outputs.stream().anyMatch(beforeConvolution::contains)) {
        beforeConvolution.addAll(node.inputs);
      } else {
        head.add(node.operator);
      }
    }
    return head;
  }
}
