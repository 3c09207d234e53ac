package io.zoetrope.detector.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The operators behind the last convolution of a model: what makes boxes of features. */
final class GraphHead {
  private GraphHead() {}

  /** Their types; nothing where the file can't be read so. */
  static Optional<Set<String>> operators(ByteBuffer file) {
    try {
      Set<String> operators = new HashSet<>();
      // Nodes come after those that they depend on: the format says so.
      for (NodeProto node : ModelProto.parseFrom(file.duplicate()).getGraph().getNodeList()) {
        if (node.getOpType().equals("Conv")) {
          operators.clear();
        } else {
          operators.add(node.getOpType());
        }
      }
      return Optional.of(operators);
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }
}
