package io.zoetrope.detector.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What an ONNX file says about itself, read without ONNX Runtime. Operators are named as in the
 * file, {@code Conv}, or with their domain in front where it isn't ONNX's own: {@code
 * com.microsoft:FusedConv}.
 *
 * @param irVersion version of the file format
 * @param opsets version of each set of operators that the file asks for, by domain; ONNX's own is
 *     {@value #ONNX_DOMAIN}
 * @param producer name and version of what wrote it; empty where the file doesn't say
 * @param description as the author wrote it; often empty
 * @param metadata that the exporter added
 * @param inputs those that have to be given, in order
 * @param outputs in order
 * @param operators all that occur, in subgraphs and functions as well
 * @param functions operators that the file defines itself
 * @param headOperators those behind the last convolution
 * @param externalFiles that hold tensors, as the file names them; most have none
 */
record OnnxGraph(
    long irVersion,
    Map<String, Long> opsets,
    String producer,
    String description,
    Map<String, String> metadata,
    List<OnnxValue> inputs,
    List<OnnxValue> outputs,
    Set<String> operators,
    Set<String> functions,
    Set<String> headOperators,
    Set<String> externalFiles) {
  static final String ONNX_DOMAIN = "ai.onnx";

  /**
   * An input or output.
   *
   * @param type of its elements, {@code float16}; or what it is if no tensor, {@code sequence}
   * @param dimensions each a number, a name where it is open, or {@code ?} where it has none;
   *     nothing where the file says nothing
   */
  record OnnxValue(String name, String type, List<String> dimensions) {
    static OnnxValue of(ValueInfoProto value) {
      TypeProto type = value.getType();
      return type.hasTensorType()
          ? new OnnxValue(
              value.getName(),
              elements(type.getTensorType().getElemType()),
              type.getTensorType().getShape().getDimList().stream()
                  .map(OnnxValue::dimension)
                  .toList())
          : new OnnxValue(
              value.getName(),
              type.getValueCase().name().replace("_TYPE", "").toLowerCase(Locale.ROOT),
              List.of());
    }

    private static String elements(int type) {
      DataType known = DataType.forNumber(type);
      if (known == null) {
        return "type " + type;
      }
      return known == DataType.FLOAT ? "float32" : known.name().toLowerCase(Locale.ROOT);
    }

    private static String dimension(Dimension dimension) {
      return switch (dimension.getValueCase()) {
        case DIM_VALUE -> Long.toString(dimension.getDimValue());
        case DIM_PARAM -> dimension.getDimParam();
        case VALUE_NOT_SET -> "?";
      };
    }
  }
}
