package dev.slipway.edge.lower.control;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Body;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.edge.lower.Operand;
import dev.slipway.edge.probe.ValueFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the body in place once for each step, where their number is known and small. */
final class UnrolledIteration {
    private static final int MOST_STEPS = 16;
    private static final int MOST_NODES = 1024;

    private final Iteration iteration;
    private final LoweringContext context;

    UnrolledIteration(Iteration iteration, LoweringContext context) {
        this.iteration = iteration;
        this.context = context;
    }

    static boolean isSmall(Iteration iteration, long steps) {
        return steps > 0
                && steps <= MOST_STEPS
                && steps * iteration.body().nodes().size() <= MOST_NODES;
    }

    /** Empty if a step can't be known to be followed by the next, or the last one, before the model runs. */
    Optional<Iteration.Result> run(long steps) {
        Kernels kernels = context.kernels(iteration.node());
        List<Operand> states = iteration.states();
        List<EdgeValue> around =
                iteration.inputs().around().stream().map(Operand::value).toList();
        List<List<Operand>> parts = new ArrayList<>();
        for (long step = 0; step < steps; step++) {
            EdgeValue number = EdgeValue.longs("step", List.of(), step);
            List<Operand> inputs = iteration.inputs().of(kernels, number, states, around);
            Body body = context.body(
                    iteration.node(),
                    iteration.body(),
                    inputs.stream().map(Operand::facts).toList());
            Optional<Boolean> goesOn = goesOn(body);
            if (goesOn.isEmpty()) {
                return Optional.empty();
            }
            List<Operand> outputs = body.lower(kernels, inputs, body.captured());
            states = iteration.statesOf(outputs);
            parts.add(iteration.partsOf(outputs));
            if (!goesOn.get()) {
                break;
            }
        }
        List<EdgeValue> collected = new ArrayList<>();
        for (int i = 0; i < iteration.collected(); i++) {
            int index = i;
            collected.add(kernels.pack(
                    parts.stream().map(part -> part.get(index).value()).toList(), 0));
        }
        return Optional.of(
                new Iteration.Result(states.stream().map(Operand::value).toList(), collected));
    }

    /** What the body says about the next step, if it is a constant. */
    private Optional<Boolean> goesOn(Body body) {
        if (iteration.inputs().outputsBeforeStates() == 0) {
            return Optional.of(true);
        }
        return body.outputs().stream()
                .findFirst()
                .flatMap(ValueFacts::constant)
                .map(tensor -> tensor.data().get(0) != 0);
    }
}
