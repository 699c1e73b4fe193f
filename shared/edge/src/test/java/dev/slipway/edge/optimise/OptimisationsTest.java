package dev.slipway.edge.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.edge.graph.RandomGraphs;
import dev.slipway.kernel.tensor.Tensor;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

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
    void fusedActivations(@ForAll("graphs") EdgeGraph graph) {
        computesTheSame(new FuseActivations(), graph);
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
