package dev.slipway.edge.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.OperationList;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.graph.RandomGraphs;
import dev.slipway.edge.optimise.RemoveUnused;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TransposePassTest {
    private static final List<Integer> SHAPE = List.of(2, 3, 2, 3);
    private static final OperatorOptions NONE = new OperatorOptions.None();

    @Property(tries = 300)
    void randomGraphsComputeTheSameAfterwards(@ForAll("graphs") EdgeGraph graph) {
        EdgeGraph moved = new RemoveUnused().apply(new TransposePass().apply(graph));
        Map<String, Tensor> expected = RandomGraphs.run(graph);
        RandomGraphs.run(moved).forEach((name, tensor) -> {
            assertThat(tensor.shape()).isEqualTo(expected.get(name).shape());
            // A sum in another order differs in its last bits.
            assertThat(tensor.values()).containsExactly(expected.get(name).values(), within(1e-4f));
        });
    }

    @Property(tries = 50)
    void inverseTransposesCancel(@ForAll("permutations") Permutation order) {
        OperationList operations = new OperationList();
        EdgeValue x = EdgeValue.computed("x", TensorType.FLOAT32, SHAPE);
        EdgeValue there = RandomGraphs.transpose(operations, x, order);
        EdgeValue relu = operations.add(BuiltinOperator.RELU, NONE, List.of(there), "relu", there.shape());
        EdgeValue back = RandomGraphs.transpose(operations, relu, order.inverse());
        EdgeGraph graph = new EdgeGraph(operations.operations(), List.of(x), Map.of("y", back));
        assertThat(transposes(new TransposePass().apply(graph))).isZero();
    }

    @Test
    void aSharedTransposeIsMadeOnce() {
        OperationList operations = new OperationList();
        EdgeValue x = EdgeValue.computed("x", TensorType.FLOAT32, SHAPE);
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        for (String name : List.of("a", "b", "c")) {
            outputs.put(name, RandomGraphs.transpose(operations, x, Permutation.of(0, 2, 3, 1)));
        }
        EdgeGraph moved = new TransposePass().apply(new EdgeGraph(operations.operations(), List.of(x), outputs));
        assertThat(transposes(moved)).isEqualTo(1);
    }

    @Provide
    Arbitrary<EdgeGraph> graphs() {
        return RandomGraphs.graphs();
    }

    @Provide
    Arbitrary<Permutation> permutations() {
        return RandomGraphs.permutations();
    }

    private static long transposes(EdgeGraph graph) {
        return graph.operations().stream()
                .filter(operation -> operation.operator() == BuiltinOperator.TRANSPOSE)
                .count();
    }
}
