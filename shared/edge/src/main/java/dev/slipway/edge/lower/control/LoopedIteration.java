package dev.slipway.edge.lower.control;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.OperationList;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.Body;
import dev.slipway.edge.lower.ElementTypes;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.edge.lower.Operand;
import dev.slipway.edge.probe.Extent;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.ElementType;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the body in a WHILE. What it carries: the number of the step, whether to go on, the states, and what was
 * collected so far. Where the number of steps is certain the collected outputs have their length from the start,
 * otherwise they grow.
 */
final class LoopedIteration {
    private static final int MOST_TRIALS = 4;
    private static final int BEFORE_STATES = 2;

    private final Iteration iteration;
    private final LoweringContext context;
    private final Kernels kernels;

    LoopedIteration(Iteration iteration, LoweringContext context) {
        this.iteration = iteration;
        this.context = context;
        this.kernels = context.kernels(iteration.node());
    }

    /**
     * Runs it.
     *
     * @param limit the number of steps at most, an INT64 scalar, unless there is no limit
     * @param start whether to go on at all, a BOOL scalar
     */
    Iteration.Result run(Optional<EdgeValue> limit, EdgeValue start) {
        List<Operand> states = stable();
        Body body = body(states);
        // There are as many steps as the limit says if nothing else ends the loop.
        boolean certain = limit.isPresent() && start.isConstant() && goesOn(body);
        List<ValueFacts> parts = iteration.partsOf(body.outputs());
        List<EdgeValue> initial = new ArrayList<>(List.of(EdgeValue.longs("step", List.of(), 0L), start));
        states.forEach(state -> initial.add(state.value()));
        List<List<Integer>> shapes = new ArrayList<>(List.of(List.of(), List.of()));
        states.forEach(state -> shapes.add(state.facts().shape()));
        for (int i = 0; i < parts.size(); i++) {
            EdgeValue empty = beginning(
                    parts.get(i).type(),
                    new PartShape(iteration, context, states, body).of(parts.get(i), i),
                    // XNNPACK fails on empty values, so what grows begins with a part that is cut off in the end.
                    certain ? limit.orElseThrow() : EdgeValue.longs("first", List.of(), 1L));
            initial.add(empty);
            shapes.add(certain ? empty.shape() : Shapes.with(empty.shape(), 0, -1));
        }
        List<EdgeValue> around = new ArrayList<>(own());
        int ownCount = around.size();
        around.addAll(body.captured());
        limit.ifPresent(around::add);
        WhileLoop.Step condition = (inner, carried, given) -> {
            EdgeValue goesOn = carried.get(1);
            if (limit.isEmpty()) {
                return List.of(goesOn);
            }
            EdgeValue left = inner.compare(BuiltinOperator.LESS, carried.get(0), given.get(given.size() - 1));
            return List.of(inner.binary(BuiltinOperator.LOGICAL_AND, left, goesOn));
        };
        WhileLoop.Step step = (inner, carried, given) -> {
            List<Operand> current = new ArrayList<>();
            for (int i = 0; i < states.size(); i++) {
                current.add(new Operand(
                        carried.get(BEFORE_STATES + i), states.get(i).facts()));
            }
            EdgeValue number = carried.get(0);
            List<Operand> values = iteration.inputs().of(inner, number, current, given.subList(0, ownCount));
            List<EdgeValue> taken =
                    given.subList(ownCount, ownCount + body.captures().size());
            List<EdgeValue> outputs = body.lower(inner, values, taken).stream()
                    .map(Operand::value)
                    .toList();
            List<EdgeValue> next = new ArrayList<>(List.of(inner.add(number, 1)));
            next.add(
                    iteration.inputs().outputsBeforeStates() == 0
                            ? carried.get(1)
                            : inner.reshape(outputs.get(0), List.of()));
            next.addAll(iteration.statesOf(outputs));
            List<EdgeValue> fresh = iteration.partsOf(outputs);
            for (int i = 0; i < fresh.size(); i++) {
                EdgeValue before = carried.get(BEFORE_STATES + states.size() + i);
                next.add(
                        certain
                                ? Sequence.updated(inner, before, inner.cast(number, TensorType.INT32), fresh.get(i))
                                : inner.concatenate(List.of(before, inner.unsqueeze(fresh.get(i), List.of(0))), 0));
            }
            return next;
        };
        List<EdgeValue> last = new WhileLoop(kernels).run(initial, shapes, around, condition, step);
        return new Iteration.Result(
                last.subList(BEFORE_STATES, BEFORE_STATES + states.size()),
                last.subList(BEFORE_STATES + states.size(), last.size()).stream()
                        .map(all -> certain ? all : kernels.slice(all, 0, 1, -1))
                        .toList());
    }

    private boolean goesOn(Body body) {
        return iteration.inputs().outputsBeforeStates() == 0
                || body.outputs()
                        .get(0)
                        .constant()
                        .filter(tensor -> tensor.data().get(0) != 0)
                        .isPresent();
    }

    /** The states, with the lengths open that a step changes. */
    private List<Operand> stable() {
        List<Operand> before = new ArrayList<>();
        for (Operand state : iteration.states()) {
            // Constant only in the first step.
            before.add(new Operand(
                    state.value(),
                    new ValueFacts(state.facts().type(), state.facts().extents(), Optional.empty())));
        }
        try {
            return opened(before);
        } catch (SlipwayException e) {
            if (!e.code().equals("edge.probe")) {
                throw e;
            }
            // The body does not run at other lengths, so whatever could not be told about them, they stay.
            return before;
        }
    }

    private List<Operand> opened(List<Operand> before) {
        List<Operand> states = new ArrayList<>(before);
        for (int trial = 0; trial < MOST_TRIALS; trial++) {
            List<ValueFacts> after = iteration.statesOf(body(states).outputs());
            boolean stable = true;
            for (int i = 0; i < states.size(); i++) {
                Operand opened = opened(states.get(i), after.get(i), i);
                stable &= opened.facts().equals(states.get(i).facts());
                states.set(i, opened);
            }
            if (stable) {
                return states;
            }
        }
        throw context.refusal("loop-shape", "the shapes of its states change in ways that could not be told");
    }

    private Operand opened(Operand before, ValueFacts after, int index) {
        ValueFacts facts = before.facts();
        if (facts.type() != after.type() || facts.rank() != after.rank()) {
            throw context.refusal(
                    "loop-shape",
                    "its state " + index + " is " + facts.type() + facts.shape() + " and becomes " + after.type()
                            + after.shape());
        }
        List<Extent> extents = new ArrayList<>();
        for (int axis = 0; axis < facts.rank(); axis++) {
            Extent extent = facts.extents().get(axis);
            extents.add(
                    extent.equals(after.extents().get(axis))
                            ? extent
                            : new Extent.Open(Set.of(iteration.node().label() + "/state" + index + "/" + axis)));
        }
        return new Operand(before.value(), new ValueFacts(facts.type(), extents, Optional.empty()));
    }

    private Body body(List<Operand> states) {
        // Only what is known of the inputs matters here; the operations go nowhere.
        Kernels nowhere = kernels.inBody(new OperationList());
        EdgeValue number = EdgeValue.computed("step", TensorType.INT64, List.of());
        List<ValueFacts> inputs = iteration.inputs().of(nowhere, number, states, own()).stream()
                .map(Operand::facts)
                .toList();
        return context.body(iteration.node(), iteration.body(), inputs);
    }

    private List<EdgeValue> own() {
        return iteration.inputs().around().stream().map(Operand::value).toList();
    }

    /** Zeros of the shape that the collected parts will have, of which there are {@code count}. */
    private EdgeValue beginning(ElementType element, List<Length> part, EdgeValue count) {
        TensorType type = ElementTypes.computed(element);
        List<Length> lengths = new ArrayList<>();
        lengths.add(
                count.isConstant()
                        ? Length.fixed(count.integers().get(0))
                        : new Length.Computed(kernels.cast(count, TensorType.INT32)));
        lengths.addAll(part);
        return kernels.add(
                BuiltinOperator.FILL,
                new OperatorOptions.None(),
                List.of(kernels.lengths(lengths), EdgeValue.scalar(type, 0)),
                type,
                Kernels.known(lengths));
    }
}
