package dev.slipway.edge.probe;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static dev.slipway.onnx.OnnxGraphBuilder.fixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SizesTest {
    private static final Map<String, AttributeValue> HALVING =
            Map.of("kernel_shape", AttributeValue.integers(2, 2), "strides", AttributeValue.integers(2, 2));

    @Test
    void findsSizesThatAModelOfEvenLengthsTakes() {
        OnnxGraphBuilder builder = OnnxGraphBuilder.named("even")
                .input(
                        "x",
                        List.of(
                                Dimension.fixed(1),
                                Dimension.fixed(1),
                                Dimension.symbolic("H"),
                                Dimension.symbolic("W")))
                .initializer(OnnxTensor.float32("scales", List.of(4), 1, 1, 2, 2))
                .node("MaxPool", List.of("x"), "small", HALVING)
                .node("Resize", List.of("small", "", "scales"), "large")
                .node("Add", List.of("large", "x"), "y")
                .output("y");
        ProbedModel probed = new Probe(1).probe(builder.build());
        assertThat(probed.of("small").orElseThrow().extents())
                .containsExactly(
                        new Extent.Fixed(1),
                        new Extent.Fixed(1),
                        new Extent.Open(Set.of("H")),
                        new Extent.Open(Set.of("W")));
        assertThat(probed.of("y").orElseThrow().shape()).containsExactly(1, 1, -1, -1);
    }

    @Test
    void aLengthThatIsHalvedSeveralTimesStaysOpen() {
        OnnxGraphBuilder builder = OnnxGraphBuilder.named("halved")
                .input(
                        "x",
                        List.of(Dimension.fixed(1), Dimension.fixed(1), Dimension.symbolic("H"), Dimension.fixed(64)));
        String value = "x";
        for (int i = 0; i < 5; i++) {
            builder.node("MaxPool", List.of(value), "p" + i, HALVING);
            value = "p" + i;
        }
        ProbedModel probed = new Probe(1).probe(builder.output(value).build());
        assertThat(probed.of(value).orElseThrow().shape()).containsExactly(1, 1, -1, 2);
    }

    @Test
    void saysWhichSizesWereTried() {
        OnnxModel model = OnnxGraphBuilder.named("never")
                .input("x", batch("N", 4))
                .initializer(OnnxTensor.float32("seven", List.of(7, 4), new float[28]))
                .node("Add", List.of("x", "seven"), "y")
                .output("y")
                .build();
        assertThatThrownBy(() -> new Probe(1).probe(model))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.code()).isEqualTo("edge.probe"))
                .hasMessageContaining("{N=2}");
    }

    @Test
    void poolsThatRoundUpHaveTheShapeThatTheyHaveWhenRun() {
        OnnxModel model = OnnxGraphBuilder.named("ceil")
                .input("x", fixed(1, 1, 3, 3))
                .node(
                        "MaxPool",
                        List.of("x"),
                        "y",
                        Map.of(
                                "kernel_shape", AttributeValue.integers(1, 1),
                                "strides", AttributeValue.integers(2, 2),
                                "pads", AttributeValue.integers(0, 0, 0, 0),
                                "ceil_mode", AttributeValue.integer(1)))
                .node("Relu", List.of("y"), "z")
                .output("z")
                .build();
        ProbedModel probed = new Probe(1).probe(model);
        assertThat(probed.of("z").orElseThrow().shape())
                .isEqualTo(probed.of("y").orElseThrow().shape());
    }

    @Test
    void probesABodyWithWhatIsKnownOutside() {
        OnnxModel whole = OnnxGraphBuilder.named("whole")
                .input("unused", batch("N", 1))
                .node("Relu", List.of("unused"), "y")
                .output("y")
                .build();
        OnnxModel inner = OnnxGraphBuilder.named("body")
                .input("state", batch("N", 4))
                .input("outer", batch("N", 4))
                .input("weight", fixed(4, 5))
                .node("Add", List.of("state", "outer"), "sum")
                .node("MatMul", List.of("sum", "weight"), "row")
                .output("row")
                .build();
        OnnxGraph body = inner.graph()
                .withInputs(List.of(OnnxValue.dense("state", ElementType.FLOAT32)))
                .withOutputs(inner.graph().outputs());
        ValueFacts rows = new ValueFacts(
                ElementType.FLOAT32,
                List.of(new Extent.Open(Set.of("N", "data of top")), new Extent.Fixed(4)),
                Optional.empty());
        OnnxTensor weight = OnnxTensor.float32("w", List.of(4, 5), new float[20]);
        ValueFacts constant = new ValueFacts(
                ElementType.FLOAT32, List.of(new Extent.Fixed(4), new Extent.Fixed(5)), Optional.of(weight));
        ProbedModel probed =
                new Probe(1).probeBody(whole, body, Map.of("state", rows, "outer", rows, "weight", constant));
        assertThat(probed.model().graph().requiredInputs())
                .extracting(OnnxValue::name)
                .containsExactly("state", "outer");
        assertThat(probed.of("row").orElseThrow().extents())
                .containsExactly(new Extent.Open(Set.of("N", "data of top")), new Extent.Fixed(5));
    }
}
