package io.zoetrope.detector;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Builds ONNX files of a few kilobytes that ONNX Runtime runs, with outputs of any shape, type and
 * values, whatever the input shows. They depend on it all the same, through a convolution whose
 * weight is 0, so that nothing is folded away and a batch is as large as the input's.
 *
 * <pre>{@code
 * TinyModels.model()
 *     .input("images", DataType.FLOAT, "batch", 3, 64, 64)
 *     .head("Exp")
 *     .output("output0", DataType.FLOAT, values, 7, 84)
 *     .metadata("task", "detect")
 *     .write(folder.resolve("tiny.onnx"));
 * }</pre>
 *
 * <p>What isn't offered here can be changed in {@link #proto}.
 */
public final class TinyModels {
  private static final List<Integer> STRIDES = List.of(8, 16, 32);

  private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
  private Object batch;
  private String pictures;
  private String firstValue;
  private String link;
  private int names;

  private TinyModels() {
    model.setProducerName("tiny-models").addOpsetImportBuilder().setVersion(13);
  }

  public static TinyModels model() {
    return new TinyModels();
  }

  /**
   * To be called before all others; the first input is what the outputs depend on.
   *
   * @param dimensions the batch first, two to five in all, each a number, or a name where the model
   *     leaves it open
   */
  public TinyModels input(String name, DataType type, Object... dimensions) {
    graph.addInput(value(name, type, dimensions));
    if (link == null) {
      batch = dimensions[0];
      long[] axes = LongStream.range(1, dimensions.length).toArray();
      String first =
          node("Slice", name, longs(zeros(axes.length)), longs(ones(axes.length)), longs(axes));
      pictures = cast(name, DataType.FLOAT);
      firstValue = node("Reshape", cast(first, DataType.FLOAT), longs(-1, 1, 1, 1));
      link = node("Conv", firstValue, floats(new float[] {0}, 1, 1, 1, 1));
    }
    return this;
  }

  /** Puts an operator of one input and no attributes behind the convolution, before outputs. */
  public TinyModels head(String operator) {
    link = node(operator, link);
    return this;
  }

  /**
   * Makes each value of the outputs that are added then NaN where a picture's first value is
   * between 0.25 and 0.7: for grey, but not for black.
   */
  public TinyModels noNumbersForGrey() {
    String above = node("Add", firstValue, floats(-0.25f));
    String below = node("Add", firstValue, floats(-0.7f));
    link = node("Add", link, node("Sqrt", node("Mul", above, below)));
    return this;
  }

  /**
   * Adds an output {@code [batch, dimensions]} with {@code values} in as many rows as the brightest
   * first value of a picture tells, up to 10 for 1.
   */
  public TinyModels varyingRows(String name, DataType type, float[] row) {
    String brightness =
        node(
            "Cast",
            List.of(attribute("to", DataType.INT64.getNumber())),
            node("Mul", node("ReduceMax", firstValue), floats(10)));
    String rows =
        node(
            "Concat",
            List.of(attribute("axis", 0)),
            longs(1),
            node("Reshape", brightness, longs(1)),
            longs(row.length));
    return output(
        name,
        type,
        node("Expand", floats(row, 1, 1, row.length), rows),
        batch,
        name + "_rows",
        row.length);
  }

  /**
   * Adds an output {@code [batch, dimensions]}, the same for every picture of a batch.
   *
   * @param values row by row; a single one fills it
   */
  public TinyModels output(String name, DataType type, float[] values, long... dimensions) {
    long[] one = LongStream.concat(LongStream.of(1), LongStream.of(dimensions)).toArray();
    String table =
        values.length == 1 ? node("Expand", floats(values), longs(one)) : floats(values, one);
    Stream<Object> rest = LongStream.of(dimensions).mapToObj(dimension -> dimension);
    return output(name, type, table, Stream.concat(Stream.of(batch), rest).toArray());
  }

  /**
   * Adds an output with one and the same box for each cell of the strides 8, 16 and 32, so that its
   * size follows from the input's: {@code [batch, box, cells]}, or {@code [batch, cells, box]}.
   */
  public TinyModels cells(
      String name, DataType type, float[] box, int boxesPerCell, boolean cellsFirst) {
    String plane = node("Slice", pictures, longs(0), longs(1), longs(1));
    List<String> strides = STRIDES.stream().map(stride -> cells(plane, stride)).toList();
    String[] all =
        Collections.nCopies(boxesPerCell, strides).stream()
            .flatMap(List::stream)
            .toArray(String[]::new);
    String cells = node("Mul", node("Concat", List.of(attribute("axis", 2)), all), floats(0));
    String table = node("Add", cells, floats(box, 1, box.length, 1));
    return cellsFirst
        ? output(
            name,
            type,
            node("Transpose", List.of(attribute("perm", 0, 2, 1)), table),
            batch,
            name + "_cells",
            box.length)
        : output(name, type, table, batch, box.length, name + "_cells");
  }

  private String cells(String plane, int stride) {
    String pooled =
        node(
            "AveragePool",
            List.of(
                attribute("kernel_shape", stride, stride), attribute("strides", stride, stride)),
            plane);
    return node("Reshape", pooled, longs(0, 1, -1));
  }

  private TinyModels output(String name, DataType type, String table, Object... dimensions) {
    long[] perPicture = ones(dimensions.length);
    perPicture[0] = -1;
    String nothing = node("Mul", node("Reshape", link, longs(perPicture)), floats(0));
    String result = cast(node("Add", table, nothing), type);
    graph.addNode(NodeProto.newBuilder().setOpType("Identity").addInput(result).addOutput(name));
    graph.addOutput(value(name, type, dimensions));
    return this;
  }

  /** Adds custom metadata, as exporters do. */
  public TinyModels metadata(String key, String text) {
    model.addMetadataPropsBuilder().setKey(key).setValue(text);
    return this;
  }

  /** From 13 on, which it is where nothing is said. */
  public TinyModels opset(int version) {
    model.getOpsetImportBuilder(0).setVersion(version);
    return this;
  }

  /** 8 where nothing is said. */
  public TinyModels irVersion(int version) {
    model.setIrVersion(version);
    return this;
  }

  /** The model as it would be written, to be changed at will. */
  public ModelProto.Builder proto() {
    return model.clone().setGraph(graph);
  }

  public byte[] bytes() {
    return proto().build().toByteArray();
  }

  /** Returns the file. */
  public Path write(Path file) {
    try {
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String node(String operator, String... inputs) {
    return node(operator, List.of(), inputs);
  }

  /** The name of its output. */
  private String node(String operator, List<AttributeProto> attributes, String... inputs) {
    String result = newName();
    graph
        .addNodeBuilder()
        .setOpType(operator)
        .addAllAttribute(attributes)
        .addAllInput(List.of(inputs))
        .addOutput(result);
    return result;
  }

  private String cast(String tensor, DataType type) {
    return node("Cast", List.of(attribute("to", type.getNumber())), tensor);
  }

  private static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  private static AttributeProto attribute(String name, long first, long... more) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS).addInts(first);
    LongStream.of(more).forEach(attribute::addInts);
    return attribute.build();
  }

  private String floats(float value) {
    return floats(new float[] {value}, 1);
  }

  private String floats(float[] values, long... shape) {
    TensorProto.Builder tensor = constant(DataType.FLOAT, shape);
    IntStream.range(0, values.length).forEach(i -> tensor.addFloatData(values[i]));
    return tensor.getName();
  }

  private String longs(long... values) {
    TensorProto.Builder tensor = constant(DataType.INT64, values.length);
    LongStream.of(values).forEach(tensor::addInt64Data);
    return tensor.getName();
  }

  private TensorProto.Builder constant(DataType type, long... shape) {
    TensorProto.Builder tensor =
        graph.addInitializerBuilder().setName(newName()).setDataType(type.getNumber());
    LongStream.of(shape).forEach(tensor::addDims);
    return tensor;
  }

  private static ValueInfoProto value(String name, DataType type, Object... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object dimension : dimensions) {
      if (dimension instanceof Number number) {
        shape.addDimBuilder().setDimValue(number.longValue());
      } else {
        shape.addDimBuilder().setDimParam(dimension.toString());
      }
    }
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    value.getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber()).setShape(shape);
    return value.build();
  }

  private static long[] ones(int count) {
    return LongStream.generate(() -> 1).limit(count).toArray();
  }

  private static long[] zeros(int count) {
    return new long[count];
  }

  private String newName() {
    return "t" + names++;
  }
}
