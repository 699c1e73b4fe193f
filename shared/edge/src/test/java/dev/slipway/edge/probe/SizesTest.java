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
    void axesOfAnUnknownNameMayDiffer() {
        Dimension unknown = Dimension.symbolic("?");
        OnnxModel model = OnnxGraphBuilder.named("unknown")
                .input("x", List.of(unknown, unknown))
                .node("Relu", List.of("x"), "y")
                .output("y")
                .build();
        assertThat(new Probe(1).probe(model).of("y").orElseThrow().extents())
                .containsExactly(new Extent.Open(Set.of("x/0")), new Extent.Open(Set.of("x/1")));
    }

    @Test
    void namelessLengthsThatMustBeEqualVaryTogether() {
        Dimension unknown = Dimension.symbolic("?");
        OnnxModel model = OnnxGraphBuilder.named("together")
                .input("a", List.of(unknown, Dimension.fixed(4)))
                .input("b", List.of(Dimension.fixed(4), unknown))
                .node("Transpose", List.of("b"), "turned")
                .node("Concat", List.of("a", "turned"), "y", Map.of("axis", AttributeValue.integer(1)))
                .output("y")
                .build();
        Map<String, OnnxTensor> sample = Map.of(
                "a", OnnxTensor.float32("a", List.of(3, 4), new float[12]),
                "b", OnnxTensor.float32("b", List.of(4, 3), new float[12]));
        assertThat(new Probe(1, sample).probe(model).of("y").orElseThrow().extents())
                .containsExactly(new Extent.Open(Set.of("a/0", "b/1")), new Extent.Fixed(8));
    }

    @Test
    void takesTheHeightOfALineWhereHeightsMustBecomeOne() {
        OnnxGraphBuilder builder = OnnxGraphBuilder.named("line")
                .input(
                        "x",
                        List.of(
                                Dimension.fixed(1),
                                Dimension.fixed(1),
                                Dimension.symbolic("H"),
                                Dimension.symbolic("W")))
                .initializer(OnnxTensor.int64("axes", List.of(1), 2));
        String value = "x";
        for (int i = 0; i < 5; i++) {
            builder.node("MaxPool", List.of(value), "p" + i, HALVING);
            value = "p" + i;
        }
        ProbedModel probed = new Probe(1)
                .probe(builder.node("Squeeze", List.of(value, "axes"), "y")
                        .output("y")
                        .build());
        assertThat(probed.of("y").orElseThrow().shape()).containsExactly(1, 1, -1);
    }

    @Test
    void verifiesAtLengthsOfOneLast() {
        OnnxModel model = OnnxGraphBuilder.named("ones")
                .input("x", List.of(Dimension.symbolic("N"), Dimension.symbolic("W")))
                .node("Relu", List.of("x"), "y")
                .output("y")
                .build();
        for (int round = 0; round < 5; round++) {
            List<Map<String, Integer>> sizes = new Symbols(model).verificationSizes(3, round);
            assertThat(sizes.get(sizes.size() - 1)).isEqualTo(Map.of("N", 3, "W", 1));
        }
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
