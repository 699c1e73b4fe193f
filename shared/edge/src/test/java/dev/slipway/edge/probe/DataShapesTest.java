package dev.slipway.edge.probe;

import static dev.slipway.onnx.OnnxGraphBuilder.fixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataShapesTest {

    @Test
    void aShapeThatIsAnInputLeavesLengthsOpen() {
        ProbedModel probed = probe(
                withIntegers(graph().node("Reshape", List.of("x", "shape"), "y").output("y"), "shape", 3),
                Map.of("shape", OnnxTensor.int64("shape", List.of(3), 2, 2, 3)));
        assertThat(shape(probed, "y")).containsExactly(-1, -1, -1);
    }

    @Test
    void aShapeComputedFromLengthsDoesNot() {
        ProbedModel probed = probe(
                graph().node("Shape", List.of("x"), "shape")
                        .integers("one", 1)
                        .integers("two", 2)
                        .integers("rest", -1)
                        .node("Slice", List.of("shape", "one", "two"), "length")
                        .node("Concat", List.of("length", "rest"), "wanted", Map.of("axis", AttributeValue.integer(0)))
                        .node("Reshape", List.of("x", "wanted"), "y")
                        .output("y")
                        .build(),
                Map.of());
        assertThat(shape(probed, "y")).containsExactly(4, 3);
        assertThat(probed.of("wanted").orElseThrow().constant()).isPresent();
    }

    @Test
    void followsAnOpenLengthThroughTheModel() {
        ProbedModel probed = probe(
                graph().integers("flat", -1)
                        .node("NonZero", List.of("x"), "where")
                        .node("Transpose", List.of("where"), "places")
                        .node("GatherND", List.of("x", "places"), "values")
                        .node("Shape", List.of("values"), "count")
                        .node("ReduceSum", List.of("values"), "sum")
                        .node("Mul", List.of("sum", "x"), "scaled")
                        .output("values")
                        .output("count")
                        .output("scaled")
                        .build(),
                Map.of());
        assertThat(shape(probed, "where")).containsExactly(2, -1);
        assertThat(shape(probed, "places")).containsExactly(-1, 2);
        assertThat(shape(probed, "values")).containsExactly(-1);
        assertThat(shape(probed, "count")).containsExactly(1);
        assertThat(probed.of("count").orElseThrow().constant()).isEmpty();
        assertThat(shape(probed, "scaled")).containsExactly(3, 4);
    }

    @Test
    void onlyTheAxisThatDataDeterminesIsOpen() {
        ProbedModel probed = probe(
                withIntegers(
                        graph().node(new dev.slipway.onnx.OnnxNode(
                                        "top",
                                        "",
                                        "TopK",
                                        List.of("x", "k"),
                                        List.of("values", "indices"),
                                        Map.of("axis", AttributeValue.integer(1))))
                                .node("Softmax", List.of("values"), "y")
                                .output("y")
                                .output("indices"),
                        "k",
                        1),
                Map.of("k", OnnxTensor.int64("k", List.of(1), 2)));
        assertThat(shape(probed, "y")).containsExactly(3, -1);
        assertThat(shape(probed, "indices")).containsExactly(3, -1);
    }

    @Test
    void twoSelectionsThatAreAddedChangeTogether() {
        OnnxModel model = withIntegers(
                graph().integers("zero", 0)
                        .node("Slice", List.of("x", "zero", "end", "zero"), "a")
                        .node("Relu", List.of("x"), "r")
                        .node("Slice", List.of("r", "zero", "end", "zero"), "b")
                        .node("Add", List.of("a", "b"), "y")
                        .output("y"),
                "end",
                1);
        ProbedModel probed = probe(model, Map.of("end", OnnxTensor.int64("end", List.of(1), 2)));
        assertThat(shape(probed, "y")).containsExactly(-1, 4);
    }

    @Test
    void whatRunsAtNoOtherLengthIsTakenForOpen() {
        OnnxModel model = withIntegers(
                graph().initializer(OnnxTensor.float32("w", List.of(6, 2), new float[12]))
                        .node("Reshape", List.of("x", "shape"), "a")
                        .node("MatMul", List.of("a", "w"), "y")
                        .output("y"),
                "shape",
                2);
        ProbedModel probed = probe(model, Map.of("shape", OnnxTensor.int64("shape", List.of(2), 2, 6)));
        assertThat(shape(probed, "y")).contains(-1).hasSize(2);
    }

    @Test
    void aRankThatDependsOnDataIsRefused() {
        OnnxModel model = graph().node("NonZero", List.of("x"), "where")
                .integers("axes", 0)
                .node(
                        "ReduceMax",
                        List.of("where"),
                        "top",
                        Map.of("axes", AttributeValue.integers(0), "keepdims", AttributeValue.integer(0)))
                .node("ConstantOfShape", List.of("top"), "y")
                .output("y")
                .build();
        OnnxTensor mostlyZeros = OnnxTensor.float32("x", List.of(3, 4), 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThatThrownBy(() -> probe(model, Map.of("x", mostlyZeros)))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.code()).isEqualTo("edge.data-rank"));
    }

    private static OnnxGraphBuilder graph() {
        return OnnxGraphBuilder.named("data").input("x", fixed(3, 4));
    }

    private static OnnxModel withIntegers(OnnxGraphBuilder builder, String name, int length) {
        // The builder checks names, so the input is there while it builds and is given its type afterwards.
        OnnxModel model = builder.input(name, fixed(length)).build();
        OnnxGraph graph = model.graph();
        List<OnnxValue> inputs = new ArrayList<>(graph.inputs());
        inputs.replaceAll(input -> input.name().equals(name)
                ? OnnxValue.dense(name, ElementType.INT64, fixed(length).get(0))
                : input);
        return model.withGraph(new OnnxGraph(
                graph.name(), graph.nodes(), graph.initializers(), inputs, graph.outputs(), graph.values()));
    }

    private static ProbedModel probe(OnnxModel model, Map<String, OnnxTensor> given) {
        return new Probe(1, given).probe(model);
    }

    private static List<Integer> shape(ProbedModel probed, String value) {
        return probed.of(value).orElseThrow().shape();
    }
}
