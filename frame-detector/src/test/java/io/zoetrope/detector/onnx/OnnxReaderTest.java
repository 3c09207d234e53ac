package io.zoetrope.detector.onnx;

import static io.zoetrope.detector.TestModels.shared;
import static io.zoetrope.detector.TestModels.tiny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.zoetrope.detector.TinyModels;
import io.zoetrope.detector.onnx.OnnxGraph.OnnxValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxReaderTest {
  @Test
  void shouldReadWhatAModelSaysOfItself() throws IOException {
    byte[] model =
        TinyModels.model()
            .input("images", DataType.FLOAT16, "batch", 3, "height", 64)
            .output("output0", DataType.FLOAT, new float[] {1}, 7, 84)
            .metadata("task", "detect")
            .metadata("names", "{0: 'a'}")
            .opset(17)
            .irVersion(9)
            .proto()
            .setProducerVersion("1.2")
            .setDocString("Finds nothing.")
            .build()
            .toByteArray();

    OnnxGraph graph = read(model);

    assertThat(graph.irVersion()).isEqualTo(9);
    assertThat(graph.opsets()).containsExactly(entry("ai.onnx", 17L));
    assertThat(graph.producer()).isEqualTo("tiny-models 1.2");
    assertThat(graph.description()).isEqualTo("Finds nothing.");
    assertThat(graph.metadata())
        .containsExactly(entry("task", "detect"), entry("names", "{0: 'a'}"));
    assertThat(graph.inputs())
        .containsExactly(new OnnxValue("images", "float16", List.of("batch", "3", "height", "64")));
    assertThat(graph.outputs())
        .containsExactly(new OnnxValue("output0", "float32", List.of("batch", "7", "84")));
    assertThat(graph.operators()).contains("Conv", "Slice", "Reshape", "Add");
    assertThat(graph.externalFiles()).isEmpty();
  }

  @Test
  void shouldNotTakeWeightsForInputs() throws IOException {
    ModelProto.Builder old = model();
    String weight = old.getGraph().getInitializer(0).getName();
    old.setIrVersion(3).getGraphBuilder().addInput(ValueInfoProto.newBuilder().setName(weight));

    assertThat(read(old.build().toByteArray()).inputs())
        .extracting(OnnxValue::name)
        .containsExactly("images");
  }

  @Test
  void shouldTellTheHeadFromTheBackboneByWhereTheDataGoes() throws IOException {
    // Given a head on a shallow layer that comes before the last convolution in the file
    ModelProto.Builder model = ModelProto.newBuilder();
    model.addOpsetImportBuilder().setVersion(13);
    GraphProto.Builder graph = model.getGraphBuilder();
    node(graph, "Elu", "images", "a");
    node(graph, "Conv", "a", "b");
    node(graph, "Exp", "b", "shallow");
    node(graph, "Softplus", "b", "c");
    node(graph, "Conv", "c", "d");
    node(graph, "Sigmoid", "d", "deep");

    // When
    OnnxGraph read = read(model.build().toByteArray());

    // Then
    assertThat(read.headOperators()).containsExactlyInAnyOrder("Exp", "Sigmoid");
    assertThat(read.operators())
        .containsExactlyInAnyOrder("Elu", "Conv", "Exp", "Softplus", "Sigmoid");
  }

  @Test
  void shouldFindWhatHidesInSubgraphsFunctionsAndSecondGraphs() throws IOException {
    ModelProto.Builder model = model();
    GraphProto.Builder branch = GraphProto.newBuilder();
    branch.addNodeBuilder().setDomain("hidden.branch").setOpType("A");
    branch.addInitializerBuilder().addExternalDataBuilder().setKey("location").setValue("branch");
    model
        .getGraphBuilder()
        .addNodeBuilder()
        .setOpType("If")
        .addAttribute(AttributeProto.newBuilder().setName("then_branch").setG(branch));
    model
        .addFunctionsBuilder()
        .setDomain("own")
        .setName("F")
        .addNode(NodeProto.newBuilder().setDomain("hidden.function").setOpType("B"));
    model
        .addTrainingInfoBuilder()
        .getAlgorithmBuilder()
        .addNodeBuilder()
        .setDomain("hidden.training")
        .setOpType("C");
    ModelProto.Builder second = ModelProto.newBuilder();
    second.getGraphBuilder().addNodeBuilder().setDomain("hidden.second").setOpType("D");
    second
        .getGraphBuilder()
        .addSparseInitializerBuilder()
        .getIndicesBuilder()
        .addExternalDataBuilder()
        .setKey("location")
        .setValue("sparse");

    OnnxGraph graph = read(joined(model.build().toByteArray(), second.build().toByteArray()));

    assertThat(graph.operators())
        .contains(
            "If", "hidden.branch:A", "hidden.function:B", "hidden.training:C", "hidden.second:D");
    assertThat(graph.functions()).containsExactly("own:F");
    assertThat(graph.externalFiles()).containsExactly("branch", "sparse");
  }

  @Test
  void shouldStopBeforeNamesTakeAllMemory() {
    byte[] nodes = new byte[4 << 20];
    for (int i = 0; i < nodes.length; i += 2) {
      nodes[i] = (GraphProto.NODE_FIELD_NUMBER << 3) | 2;
    }
    byte[] model =
        ModelProto.newBuilder()
            .addOpsetImport(model().getOpsetImport(0))
            .setGraph(GraphProto.getDefaultInstance())
            .build()
            .toByteArray();
    ByteBuffer graph = ByteBuffer.allocate(nodes.length + 5);
    graph.put((byte) ((ModelProto.GRAPH_FIELD_NUMBER << 3) | 2));
    for (int length = nodes.length; length > 0; length >>>= 7) {
      graph.put((byte) ((length & 127) | (length > 127 ? 128 : 0)));
    }
    graph.put(nodes);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read(joined(model, Arrays.copyOf(graph.array(), graph.position()))))
        .withMessage("its names take too much memory");
  }

  @Test
  void shouldStopWhereGraphsLieInEachOtherTooDeep() {
    GraphProto graph = GraphProto.getDefaultInstance();
    for (int i = 0; i < 30; i++) {
      graph =
          GraphProto.newBuilder()
              .addNode(NodeProto.newBuilder().addAttribute(AttributeProto.newBuilder().setG(graph)))
              .build();
    }
    byte[] model = ModelProto.newBuilder().setGraph(graph).build().toByteArray();

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read(model))
        .withMessage("its graphs lie in each other too deep");
  }

  @Test
  void shouldRefuseEveryBeginningOfAFile() throws IOException {
    byte[] whole = Files.readAllBytes(tiny("colours-v8.onnx"));
    int read = 0;
    for (int length = 0; length < whole.length; length++) {
      try {
        read(Arrays.copyOf(whole, length));
        read++;
      } catch (IOException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
    // The fields behind the graph end in a few places.
    assertThat(read).isLessThan(10);
  }

  @Test
  void shouldReadRealModels() throws IOException {
    OnnxGraph yolov8 = read(Files.readAllBytes(shared("models/yolov8n_dyn.onnx")));
    OnnxGraph yolox = read(Files.readAllBytes(shared("models/yolox_nano_dyn.onnx")));

    assertThat(yolov8.inputs())
        .containsExactly(new OnnxValue("images", "float32", List.of("batch", "3", "640", "640")));
    assertThat(yolov8.metadata()).containsKey("names");
    assertThat(yolov8.headOperators()).doesNotContain("Exp");
    assertThat(yolox.headOperators()).doesNotContain("Exp").contains("Concat");
  }

  private static ModelProto.Builder model() {
    return TinyModels.model()
        .input("images", DataType.FLOAT, 1, 3, 64, 64)
        .output("output0", DataType.FLOAT, new float[] {1}, 7, 84)
        .proto();
  }

  private static void node(GraphProto.Builder graph, String operator, String from, String to) {
    graph.addNodeBuilder().setOpType(operator).addInput(from).addOutput(to);
  }

  private static OnnxGraph read(byte[] bytes) throws IOException {
    return OnnxReader.read(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
