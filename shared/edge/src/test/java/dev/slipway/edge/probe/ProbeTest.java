package dev.slipway.edge.probe;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private final Probe probe = new Probe(1);

    @Test
    void findsShapesAndWhatTheyDependOn() {
        ProbedModel probed = probe.probe(OnnxGraphBuilder.named("shapes")
                .input("x", List.of(Dimension.symbolic("N"), Dimension.fixed(3), Dimension.symbolic("W")))
                .integers("flat", -1)
                .node("Transpose", List.of("x"), "t", Map.of("perm", AttributeValue.integers(2, 1, 0)))
                .node("Reshape", List.of("x", "flat"), "f")
                .output("t")
                .output("f")
                .build());
        assertThat(probed.of("t").orElseThrow().extents())
                .containsExactly(new Extent.Open(Set.of("W")), new Extent.Fixed(3), new Extent.Open(Set.of("N")));
        assertThat(probed.of("f").orElseThrow().extents()).containsExactly(new Extent.Open(Set.of("N", "W")));
        assertThat(probed.of("f").orElseThrow().shape()).containsExactly(-1);
    }

    @Test
    void knowsWhatIsConstant() {
        ProbedModel probed = probe.probe(OnnxGraphBuilder.named("constants")
                .input("x", batch("N", 4))
                .initializer(OnnxTensor.float32("two", List.of(), 2))
                .node("Mul", List.of("two", "two"), "four")
                .node("Shape", List.of("x"), "open")
                .node("Transpose", List.of("four"), "same")
                .node("Shape", List.of("same"), "rankZero")
                .node("Mul", List.of("x", "four"), "y")
                .output("y")
                .output("open")
                .output("rankZero")
                .build());
        assertThat(probed.of("four").orElseThrow().constant().orElseThrow().floats())
                .containsExactly(4);
        assertThat(probed.of("open").orElseThrow().constant()).isEmpty();
        assertThat(probed.of("rankZero").orElseThrow().constant()).isPresent();
        assertThat(probed.of("y").orElseThrow().constant()).isEmpty();
    }

    @Test
    void leavesOutWhatNoOutputNeeds() {
        ProbedModel probed = probe.probe(OnnxGraphBuilder.named("unused")
                .input("x", batch("N", 4))
                .node("Relu", List.of("x"), "y")
                .node("Neg", List.of("x"), "unused")
                .output("y")
                .build());
        assertThat(probed.model().graph().nodes()).hasSize(1);
    }

    @Test
    void tellsApartAnyNumberOfOpenLengths() {
        for (int symbols = 1; symbols <= 12; symbols++) {
            OnnxGraphBuilder builder = OnnxGraphBuilder.named("many");
            List<String> inputs = new ArrayList<>();
            for (int i = 0; i < symbols; i++) {
                builder.input("x" + i, batch("N" + i));
                inputs.add("x" + i);
            }
            ProbedModel probed =
                    probe.probe(builder.node("Concat", inputs, "y", Map.of("axis", AttributeValue.integer(0)))
                            .output("y")
                            .build());
            Extent.Open extent =
                    (Extent.Open) probed.of("y").orElseThrow().extents().get(0);
            assertThat(extent.symbols()).hasSize(symbols);
        }
    }
}
