package io.zoetrope.detector.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TrainingInfoProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import io.zoetrope.detector.onnx.OnnxGraph.OnnxValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Walks through an ONNX file field by field and keeps names, never weights. The file is a
 * stranger's: where the generated parser would build an object for each of a billion empty nodes,
 * this one stops when names have taken 64 MiB, or when messages lie in each other too deep. Fields
 * that occur twice are merged as Protocol Buffers prescribe, so that no second graph hides behind a
 * first. One file, one thread.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx-ml.proto">onnx-ml.proto</a>
 */
final class OnnxReader {
  private static final int ROOM = 64 << 20;
  private static final int ROOM_OF_OBJECT = 64;
  private static final int ROOM_OF_MESSAGE_BYTE = 64;
  private static final int MAX_NESTING = 64;

  private final CodedInputStream in;
  private int room = ROOM;
  private int nesting;

  private boolean hasGraph;
  private long irVersion;
  private String producer = "";
  private String producerVersion = "";
  private String description = "";
  private final Map<String, Long> opsets = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final List<OnnxValue> inputs = new ArrayList<>();
  private final List<OnnxValue> outputs = new ArrayList<>();
  private final Set<String> initializers = new HashSet<>();
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Set<String> operators = new TreeSet<>();
  private final Set<String> functions = new TreeSet<>();
  private final Set<String> externalFiles = new TreeSet<>();

  private OnnxReader(ByteBuffer bytes) {
    // As immutable bytes, which a stream doesn't copy.
    in = UnsafeByteOperations.unsafeWrap(bytes.duplicate()).newCodedInput();
  }

  /**
   * Reads a whole file.
   *
   * @throws IOException where it is no ONNX file, or a damaged one
   */
  static OnnxGraph read(ByteBuffer bytes) throws IOException {
    return new OnnxReader(bytes).read();
  }

  private OnnxGraph read() throws IOException {
    fields(this::model);
    if (!hasGraph || opsets.isEmpty()) {
      throw new IOException("there is no graph in it");
    }
    // Up to version 3 of the format, weights are listed among the inputs.
    inputs.removeIf(input -> initializers.contains(input.name()));
    return new OnnxGraph(
        irVersion,
        opsets,
        (producer + " " + producerVersion).strip(),
        description,
        metadata,
        inputs,
        outputs,
        operators,
        functions,
        OnnxNode.headOperators(nodes),
        externalFiles);
  }

  /** Takes a length-delimited field from the stream, or leaves it to be skipped. */
  private interface Message {
    boolean takes(int field) throws IOException;
  }

  private void fields(Message message) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      boolean taken =
          switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> message.takes(field);
            case WireFormat.WIRETYPE_VARINT ->
                nesting == 0 && field == ModelProto.IR_VERSION_FIELD_NUMBER && irVersion();
            default -> false;
          };
      if (!taken && !in.skipField(tag)) {
        throw new IOException("a group ends that hasn't begun");
      }
    }
  }

  private boolean nested(Message message) throws IOException {
    if (++nesting > MAX_NESTING) {
      throw new IOException("its graphs lie in each other too deep");
    }
    int limit = in.pushLimit(in.readRawVarint32());
    fields(message);
    in.popLimit(limit);
    nesting--;
    return true;
  }

  private boolean irVersion() throws IOException {
    irVersion = in.readInt64();
    return true;
  }

  private boolean model(int field) throws IOException {
    switch (field) {
      case ModelProto.PRODUCER_NAME_FIELD_NUMBER -> producer = text();
      case ModelProto.PRODUCER_VERSION_FIELD_NUMBER -> producerVersion = text();
      case ModelProto.DOC_STRING_FIELD_NUMBER -> description = text();
      case ModelProto.OPSET_IMPORT_FIELD_NUMBER -> {
        OperatorSetIdProto opset = message(OperatorSetIdProto.parser());
        opsets.put(domain(opset.getDomain()), opset.getVersion());
      }
      case ModelProto.METADATA_PROPS_FIELD_NUMBER -> {
        StringStringEntryProto entry = message(StringStringEntryProto.parser());
        metadata.put(entry.getKey(), entry.getValue());
      }
      case ModelProto.GRAPH_FIELD_NUMBER -> {
        hasGraph = true;
        nested(this::mainGraph);
      }
      case ModelProto.FUNCTIONS_FIELD_NUMBER -> function();
      case ModelProto.TRAINING_INFO_FIELD_NUMBER -> nested(this::training);
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean mainGraph(int field) throws IOException {
    switch (field) {
      case GraphProto.NODE_FIELD_NUMBER -> nodes.add(node());
      case GraphProto.INPUT_FIELD_NUMBER ->
          inputs.add(OnnxValue.of(message(ValueInfoProto.parser())));
      case GraphProto.OUTPUT_FIELD_NUMBER ->
          outputs.add(OnnxValue.of(message(ValueInfoProto.parser())));
      default -> {
        return graph(field);
      }
    }
    return true;
  }

  private boolean graph(int field) throws IOException {
    return switch (field) {
      case GraphProto.NODE_FIELD_NUMBER -> node() != null;
      case GraphProto.INITIALIZER_FIELD_NUMBER -> nested(this::tensor);
      case GraphProto.SPARSE_INITIALIZER_FIELD_NUMBER -> nested(this::sparseTensor);
      default -> false;
    };
  }

  private boolean training(int field) throws IOException {
    return switch (field) {
      case TrainingInfoProto.INITIALIZATION_FIELD_NUMBER,
          TrainingInfoProto.ALGORITHM_FIELD_NUMBER ->
          nested(this::graph);
      default -> false;
    };
  }

  private void function() throws IOException {
    String[] name = {"", ""};
    nested(
        field -> {
          switch (field) {
            case FunctionProto.DOMAIN_FIELD_NUMBER -> name[0] = text();
            case FunctionProto.NAME_FIELD_NUMBER -> name[1] = text();
            case FunctionProto.NODE_FIELD_NUMBER -> node();
            case FunctionProto.ATTRIBUTE_PROTO_FIELD_NUMBER -> nested(this::attribute);
            default -> {
              return false;
            }
          }
          return true;
        });
    functions.add(operator(name[0], name[1]));
  }

  private OnnxNode node() throws IOException {
    take(ROOM_OF_OBJECT);
    String[] name = {"", ""};
    List<String> from = new ArrayList<>(2);
    List<String> to = new ArrayList<>(1);
    nested(
        field -> {
          switch (field) {
            case NodeProto.DOMAIN_FIELD_NUMBER -> name[0] = text();
            case NodeProto.OP_TYPE_FIELD_NUMBER -> name[1] = text();
            case NodeProto.INPUT_FIELD_NUMBER -> from.add(text());
            case NodeProto.OUTPUT_FIELD_NUMBER -> to.add(text());
            case NodeProto.ATTRIBUTE_FIELD_NUMBER -> nested(this::attribute);
            default -> {
              return false;
            }
          }
          return true;
        });
    String operator = operator(name[0], name[1]);
    operators.add(operator);
    return new OnnxNode(operator, from, to);
  }

  private boolean attribute(int field) throws IOException {
    return switch (field) {
      case AttributeProto.T_FIELD_NUMBER, AttributeProto.TENSORS_FIELD_NUMBER ->
          nested(this::tensor);
      case AttributeProto.G_FIELD_NUMBER, AttributeProto.GRAPHS_FIELD_NUMBER -> nested(this::graph);
      case AttributeProto.SPARSE_TENSOR_FIELD_NUMBER, AttributeProto.SPARSE_TENSORS_FIELD_NUMBER ->
          nested(this::sparseTensor);
      default -> false;
    };
  }

  private boolean sparseTensor(int field) throws IOException {
    return switch (field) {
      case SparseTensorProto.VALUES_FIELD_NUMBER, SparseTensorProto.INDICES_FIELD_NUMBER ->
          nested(this::tensor);
      default -> false;
    };
  }

  private boolean tensor(int field) throws IOException {
    switch (field) {
      case TensorProto.NAME_FIELD_NUMBER -> initializers.add(text());
      case TensorProto.EXTERNAL_DATA_FIELD_NUMBER -> {
        StringStringEntryProto entry = message(StringStringEntryProto.parser());
        if (entry.getKey().equals("location")) {
          externalFiles.add(entry.getValue());
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private String text() throws IOException {
    int length = in.readRawVarint32();
    take(ROOM_OF_OBJECT + (long) length);
    return new String(in.readRawBytes(length), StandardCharsets.UTF_8);
  }

  private <T> T message(Parser<T> parser) throws IOException {
    int length = in.readRawVarint32();
    take(ROOM_OF_OBJECT + (long) length * ROOM_OF_MESSAGE_BYTE);
    return parser.parseFrom(in.readRawBytes(length));
  }

  private void take(long bytes) throws IOException {
    if (bytes > room) {
      throw new IOException("its names take too much memory");
    }
    room -= (int) Math.max(bytes, 0);
  }

  private static String operator(String domain, String name) {
    return domain.isEmpty() || domain.equals(OnnxGraph.ONNX_DOMAIN) ? name : domain + ":" + name;
  }

  private static String domain(String domain) {
    return domain.isEmpty() ? OnnxGraph.ONNX_DOMAIN : domain;
  }
}
