package dev.slipway.onnx;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.slipway.kernel.SlipwayException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rarer parts of the format. */
class ReaderTest {

    @Test
    void sparseWeightsBecomeDense() {
        ModelProto.Builder model = model();
        model.getGraphBuilder()
                .addSparseInitializer(sparse("flat", List.of(2L, 3L), List.of(5L, 0L)))
                .addSparseInitializer(sparse("by axis", List.of(2L, 3L), List.of(1L, 2L, 0L, 0L)))
                .addNode(node("Add", List.of("flat", "by axis"), List.of("y")))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Constant")
                        .addOutput("constant")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("sparse_value")
                                .setType(AttributeProto.AttributeType.SPARSE_TENSOR)
                                .setSparseTensor(sparse("", List.of(2L), List.of(1L, 0L)))));
        OnnxGraph graph = read(model).graph();
        for (OnnxTensor tensor : graph.initializers()) {
            assertThat(tensor.floats()).containsExactly(2, 0, 0, 0, 0, 1);
        }
        assertThat(graph.nodes().get(1).tensor("value").orElseThrow().floats()).containsExactly(2, 1);
    }

    @Test
    void sparseWeightsThatDoNotFitAreRefused() {
        assertRefused(sparse("w", List.of(2L, 3L), List.of(6L, 0L)), "onnx.malformed");
        assertRefused(sparse("w", List.of(2L, 3L), List.of(-1L, 0L)), "onnx.malformed");
        assertRefused(sparse("w", List.of(2L, 3L), List.of(0L, 3L, 0L, 0L)), "onnx.malformed");
        assertRefused(sparse("w", List.of(2L, 3L), List.of(0L, 1L, 2L)), "onnx.malformed");
        assertRefused(sparse("w", List.of(1L << 30, 1L << 30), List.of(0L, 1L)), "onnx.unsupported");
    }

    @Test
    void aNewElementTypeInADeclarationDoesNotMakeTheModelUnreadable() {
        ModelProto.Builder model = model();
        model.getGraphBuilder().addValueInfo(declared("z", 99)).addInput(declared("four bits", 22));
        OnnxGraph graph = read(model).graph();
        assertThat(graph.values().get(0).type()).isInstanceOf(ValueType.Other.class);
        assertThat(graph.inputs().get(0).type()).isEqualTo(new ValueType.Dense(ElementType.INT4, Optional.empty()));
        assertThat(OnnxReader.read(OnnxWriter.write(read(model)))).isEqualTo(read(model));
    }

    @Test
    void elementsSmallerThanAByteArePacked() {
        TensorProto packed = TensorProto.newBuilder()
                .setName("w")
                .setDataType(ElementType.UINT4.code())
                .addDims(3)
                .addInt32Data(0x21)
                .addInt32Data(0x03)
                .build();
        ModelProto.Builder model = model();
        model.getGraphBuilder().addInitializer(packed);
        OnnxTensor tensor = read(model).graph().initializers().get(0);
        assertThat(tensor.size()).isEqualTo(3);
        assertThat(tensor.data()).isEqualTo(ByteBuffer.wrap(new byte[] {0x21, 0x03}));
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(tensor.type()::bytes)
                .matches(e -> e.code().equals("onnx.element-type"));
    }

    @Test
    void textsAreKept() {
        ModelProto.Builder model = model();
        model.getGraphBuilder()
                .addInitializer(TensorProto.newBuilder()
                        .setName("labels")
                        .setDataType(8)
                        .addDims(2)
                        .addStringData(ByteString.copyFromUtf8("cat"))
                        .addStringData(ByteString.copyFromUtf8("dög")));
        OnnxModel read = read(model);
        assertThat(read.graph().initializers().get(0).texts()).containsExactly("cat", "dög");
        assertThat(OnnxReader.read(OnnxWriter.write(read))).isEqualTo(read);
    }

    @Test
    void everyKindOfAttributeIsReadAndWritten() {
        OnnxGraph empty = new OnnxGraph("g", List.of(), List.of(), List.of(), List.of(), List.of());
        ByteBuffer type = TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(1))
                .build()
                .toByteString()
                .asReadOnlyByteBuffer();
        OnnxModel model = OnnxGraphBuilder.named("attributes")
                .node(
                        "Everything",
                        List.of(),
                        "y",
                        Map.of(
                                "tensors",
                                new AttributeValue.Tensors(List.of(OnnxTensor.int64("", List.of(1), 5))),
                                "graphs",
                                new AttributeValue.Graphs(List.of(empty, empty)),
                                "type",
                                new AttributeValue.TypeValue(type)))
                .output("y")
                .build();
        assertThat(OnnxReader.read(OnnxWriter.write(model))).isEqualTo(model);
    }

    @Test
    void nodesAreSortedAndCyclesAreMalformed() {
        ModelProto.Builder model = model();
        model.getGraphBuilder()
                .addInput(ValueInfoProto.newBuilder().setName("x"))
                .addNode(node("Neg", List.of("b"), List.of("y")))
                .addNode(node("Abs", List.of("a"), List.of("b")))
                .addNode(node("Exp", List.of("x"), List.of("a")));
        assertThat(read(model).graph().nodes()).extracting(OnnxNode::operator).containsExactly("Exp", "Abs", "Neg");
        model.getGraphBuilder().setNode(2, node("Exp", List.of("y"), List.of("a")));
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> read(model))
                .withMessageContaining("node 'y' (Neg)")
                .withMessageContaining("cycle")
                .matches(e -> e.code().equals("onnx.malformed"));
    }

    @Test
    void theFirstModelsNamedNeitherOperatorSetNorAttributeTypes() {
        ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(1);
        model.getGraphBuilder()
                .addNode(NodeProto.newBuilder()
                        .setOpType("LeakyRelu")
                        .addOutput("y")
                        .addAttribute(
                                AttributeProto.newBuilder().setName("alpha").setF(0.5f))
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("consumed_inputs")
                                .addInts(0)));
        OnnxModel read = read(model);
        assertThat(read.opset()).isEqualTo(1);
        assertThat(read.graph().nodes().get(0).number("alpha")).contains(0.5f);
        assertThat(read.graph().nodes().get(0).integers("consumed_inputs")).contains(List.of(0L));
    }

    @Test
    void namesThatNativeCodeCanNotTakeAreMalformed() {
        for (String name : List.of("a\0b", "n".repeat(20_000))) {
            OnnxGraphBuilder builder =
                    OnnxGraphBuilder.named("names").input("x", batch("N")).node("Neg", List.of("x"), name);
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(builder::build)
                    .matches(e -> e.code().equals("onnx.malformed"))
                    .matches(e ->
                            e.getMessage().length() < 2000 && e.getMessage().indexOf(0) < 0);
        }
        OnnxModel slashes = OnnxGraphBuilder.named("/a/../b")
                .input("/x/../y", batch("N"))
                .node("Neg", List.of("/x/../y"), "/etc/passwd")
                .output("/etc/passwd")
                .build();
        assertThat(OnnxReader.read(OnnxWriter.write(slashes))).isEqualTo(slashes);
    }

    @Test
    void moreNodesThanMemoryIsTooMuch() {
        byte[] empty = new byte[60_000_000];
        ByteBuffer file = ByteBuffer.wrap(empty);
        // One graph of thirty million empty nodes.
        file.put((byte) 0x3A);
        int length = empty.length - 6;
        for (int shift = 0; shift < 35; shift += 7) {
            file.put((byte) (((length >>> shift) & 0x7F) | (shift < 28 ? 0x80 : 0)));
        }
        while (file.remaining() >= 2) {
            file.put((byte) 0x0A).put((byte) 0);
        }
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> OnnxReader.read(empty))
                .matches(e -> e.code().equals("onnx.unsupported"));
    }

    @Test
    void bodiesTellWhatTheyTakeFromOutside() {
        OnnxGraph inner = body(List.of(node("Add", "p", "q", "r")), "r");
        OnnxGraph outer = body(
                List.of(
                        node("Neg", "a", "", "p"),
                        new OnnxNode(
                                "",
                                "",
                                "If",
                                List.of("c"),
                                List.of("o"),
                                Map.of("then_branch", new AttributeValue.GraphValue(inner)))),
                "o");
        assertThat(inner.captures()).containsExactlyInAnyOrder("p", "q");
        assertThat(outer.captures()).containsExactlyInAnyOrder("a", "c", "q");
        OnnxNode loop = new OnnxNode(
                "", "", "Loop", List.of("n", ""), List.of("z"), Map.of("body", new AttributeValue.GraphValue(outer)));
        assertThat(loop.captures()).containsExactlyInAnyOrder("a", "c", "q");
        assertThat(loop.reads()).containsExactlyInAnyOrder("n", "a", "c", "q");
    }

    private static OnnxGraph body(List<OnnxNode> nodes, String output) {
        return new OnnxGraph("body", nodes, List.of(), List.of(), List.of(OnnxValue.undeclared(output)), List.of());
    }

    private static OnnxNode node(String operator, String first, String second, String to) {
        return new OnnxNode("", "", operator, List.of(first, second), List.of(to), Map.of());
    }

    private static SparseTensorProto sparse(String name, List<Long> shape, List<Long> indices) {
        TensorProto.Builder where = TensorProto.newBuilder().setDataType(7).addAllInt64Data(indices);
        if (indices.size() > 2) {
            where.addDims(2).addDims(indices.size() / 2);
        } else {
            where.addDims(indices.size());
        }
        return SparseTensorProto.newBuilder()
                .setValues(TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(1)
                        .addDims(2)
                        .addFloatData(1)
                        .addFloatData(2))
                .setIndices(where)
                .addAllDims(shape)
                .build();
    }

    private static ValueInfoProto declared(String name, int elementType) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(elementType)))
                .build();
    }

    private static ModelProto.Builder model() {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17));
        model.getGraphBuilder().setName("g");
        return model;
    }

    private static NodeProto node(String operator, List<String> from, List<String> to) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(from)
                .addAllOutput(to)
                .build();
    }

    private static OnnxModel read(ModelProto.Builder model) {
        return OnnxReader.read(model.build().toByteArray());
    }

    private static void assertRefused(SparseTensorProto sparse, String code) {
        ModelProto.Builder model = model();
        model.getGraphBuilder().addSparseInitializer(sparse);
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> read(model))
                .matches(e -> e.code().equals(code), code);
    }
}
