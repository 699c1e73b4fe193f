package dev.slipway.edge.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.OperationList;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.graph.RandomGraphs;
import dev.slipway.edge.layout.TransposePass;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random graphs compute the same with and without each rule. */
class OptimisationsTest {
    private static final int TRIES = 150;

    @Property(tries = TRIES)
    void foldedConstants(@ForAll("graphs") EdgeGraph graph) {
        computesTheSame(new FoldConstants(), graph);
    }

    @Property(tries = TRIES)
    void removedIdentities(@ForAll("graphs") EdgeGraph graph) {
        computesTheSame(new RemoveIdentities(), graph);
    }

    @Property(tries = TRIES)
    void foldedPads(@ForAll("graphs") EdgeGraph graph) {
        computesTheSame(new FoldPads(), graph);
    }

    @Property(tries = TRIES)
    void foldedScalesAndShifts(@ForAll("graphs") EdgeGraph graph) {
        computesTheSame(new FoldScaleAndShift(), graph);
    }

    @Property(tries = TRIES)
    void absorbedScalesAndShifts(@ForAll("graphs") EdgeGraph graph) {
        computesTheSame(new AbsorbScaleAndShift(), graph);
    }

    @Property(tries = TRIES)
    void fusedActivations(@ForAll("graphs") EdgeGraph graph) {
        computesTheSame(new FuseActivations(), graph);
    }

    @Property(tries = TRIES)
    void sharedEqualComputations(@ForAll("graphs") EdgeGraph graph) {
        computesTheSame(new ShareEqual(), graph);
    }

    @Property(tries = TRIES)
    void composedGathers(@ForAll("graphs") EdgeGraph graph) {
        computesTheSame(new ComposeGathers(), graph);
    }

    @Test
    void aLengthOfATransposedValueIsReadOnce() {
        OperationList operations = new OperationList();
        Kernels kernels = new Kernels(operations, "y");
        EdgeValue x = EdgeValue.computed("x", TensorType.FLOAT32, List.of(-1, -1, -1, 4));
        EdgeValue channelsFirst = kernels.transpose(x, Permutation.toChannelsFirst(4));
        EdgeValue height = kernels.length(Length.of(channelsFirst, 2));
        EdgeValue again = kernels.length(Length.of(channelsFirst, 2));
        EdgeValue y = kernels.multiply(height, again);
        EdgeGraph graph = new EdgeGraph(operations.operations(), List.of(x), Map.of("y", y));
        for (GraphPass pass :
                List.of(new TransposePass(), new ComposeGathers(), new ShareEqual(), new RemoveUnused())) {
            graph = pass.apply(graph);
        }
        assertThat(graph.operations())
                .extracting(EdgeOperation::operator)
                .containsExactly(BuiltinOperator.SHAPE, BuiltinOperator.GATHER, BuiltinOperator.MUL);
        assertThat(graph.operations().get(1).input(1).integers()).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource({"1, CONV_2D", "2, ADD DEPTHWISE_CONV_2D", "3, FULLY_CONNECTED"})
    void aScaleAndAShiftAreWeightsAndBiasesOfWhatIsBehindThem(int way, String operators) {
        OperationList list = new OperationList();
        Kernels kernels = new Kernels(list, "y");
        EdgeValue x = EdgeValue.computed("x", TensorType.FLOAT32, List.of(2, 3, 2, 3));
        EdgeValue scaled = kernels.multiply(x, EdgeValue.floats("scale", List.of(3), 3, -0.5f, 2));
        EdgeValue shifted = kernels.add(scaled, EdgeValue.floats("shift", List.of(1), 7));
        EdgeValue y = RandomGraphs.weighed(kernels, shifted, way);
        EdgeGraph graph = new EdgeGraph(list.operations(), List.of(x), Map.of("y", y));

        computesTheSame(new AbsorbScaleAndShift(), graph);
        assertThat(new RemoveUnused()
                        .apply(new AbsorbScaleAndShift().apply(graph)).operations().stream()
                                .map(operation -> operation.operator().name())
                                .collect(Collectors.joining(" ")))
                .isEqualTo(operators);
    }

    @Property(tries = TRIES)
    void fusedHardSwishes(@ForAll("graphs") EdgeGraph graph) {
        computesTheSame(new FuseHardSwish(), graph);
    }

    @Test
    void hardSwishIsOneOperator() {
        OperationList operations = new OperationList();
        Kernels kernels = new Kernels(operations, "y");
        EdgeValue x = EdgeValue.computed("x", TensorType.FLOAT32, List.of(-1, 4));
        EdgeValue gate = kernels.unary(BuiltinOperator.RELU6, kernels.add(x, 3));
        EdgeValue y = kernels.divide(kernels.multiply(x, gate), EdgeValue.scalar(TensorType.FLOAT32, 6));
        EdgeGraph graph = new EdgeGraph(operations.operations(), List.of(x), Map.of("y", y));
        assertThat(new RemoveUnused().apply(new FuseHardSwish().apply(graph)).operations())
                .extracting(EdgeOperation::operator)
                .containsExactly(BuiltinOperator.HARD_SWISH);
    }

    @Property(tries = TRIES)
    void removedUnused(@ForAll("graphs") EdgeGraph graph) {
        computesTheSame(new RemoveUnused(), graph);
    }

    @Provide
    Arbitrary<EdgeGraph> graphs() {
        return RandomGraphs.graphs();
    }

    private static void computesTheSame(GraphPass pass, EdgeGraph graph) {
        Map<String, Tensor> expected = RandomGraphs.run(graph);
        RandomGraphs.run(new RemoveUnused().apply(pass.apply(graph))).forEach((name, tensor) -> {
            assertThat(tensor.shape()).isEqualTo(expected.get(name).shape());
            assertThat(tensor.values()).containsExactly(expected.get(name).values(), within(1e-4f));
        });
    }
}
