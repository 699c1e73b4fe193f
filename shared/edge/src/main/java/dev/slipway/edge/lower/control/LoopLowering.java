package dev.slipway.edge.lower.control;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.edge.lower.Operand;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Loop: unrolled where it has a few certain steps, otherwise WHILE. */
final class LoopLowering implements Lowering {
    private static final int FIRST_STATE = 2;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        OnnxGraph body = node.body("body").orElseThrow();
        Optional<Boolean> start = node.input(1).isEmpty()
                ? Optional.of(true)
                : context.known(node, 1).map(tensor -> tensor.data().get(0) != 0);
        List<Operand> states = IntStream.range(FIRST_STATE, node.inputs().size())
                .mapToObj(index -> new Operand(context.input(node, index), context.facts(node, index)))
                .toList();
        Iteration iteration = new Iteration(
                node, body, new LoopInputs(), states, node.outputs().size() - states.size());
        Optional<Long> steps = context.known(node, 0).map(tensor -> tensor.longs()[0]);
        Iteration.Result result = steps.filter(
                        count -> start.equals(Optional.of(true)) && UnrolledIteration.isSmall(iteration, count))
                .flatMap(count -> new UnrolledIteration(iteration, context).run(count))
                .orElseGet(() -> looped(node, context, iteration));
        List<EdgeValue> values = new ArrayList<>(result.states());
        values.addAll(result.collected());
        for (int i = 0; i < node.outputs().size(); i++) {
            if (context.wantsOutput(node, i)) {
                context.define(node, i, values.get(i));
            }
        }
    }

    private static Iteration.Result looped(OnnxNode node, LoweringContext context, Iteration iteration) {
        Kernels kernels = context.kernels(node);
        Optional<EdgeValue> limit = node.input(0).map(name -> kernels.reshape(context.input(node, 0), List.of()));
        EdgeValue start = node.input(1)
                .map(name -> kernels.reshape(context.input(node, 1), List.of()))
                .orElse(EdgeValue.booleans("start", List.of(), true));
        return new LoopedIteration(iteration, context).run(limit, start);
    }

    /** The number of the step and, for what it is worth, that it is to be taken. */
    private record LoopInputs() implements Iteration.Inputs {
        @Override
        public List<Operand> around() {
            return List.of();
        }

        @Override
        public List<Operand> of(Kernels kernels, EdgeValue step, List<Operand> states, List<EdgeValue> around) {
            List<Operand> inputs = new ArrayList<>();
            inputs.add(
                    step.isConstant()
                            ? Operand.constant(OnnxTensor.int64(
                                    "step", List.of(), step.integers().get(0)))
                            : new Operand(step, new ValueFacts(ElementType.INT64, List.of(), Optional.empty())));
            // A step is only taken if the condition holds.
            inputs.add(Operand.constant(
                    new OnnxTensor("condition", ElementType.BOOL, List.of(), ByteBuffer.wrap(new byte[] {1}))));
            inputs.addAll(states);
            return inputs;
        }

        @Override
        public int outputsBeforeStates() {
            return 1;
        }
    }
}
