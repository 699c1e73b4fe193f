package dev.slipway.edge.lower.control;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Runs a cell over a sequence in one direction: step by step where there are few, otherwise in a loop.
 *
 * @param projected steps × batch × (gates · hidden)
 * @param lengths of the sequences of the batch, INT32, where they are not all the whole length
 * @param wanted whether somebody wants the outputs of all steps
 */
record Sequence(Cell cell, EdgeValue projected, Optional<EdgeValue> lengths, boolean reverse, boolean wanted) {
    private static final int MOST_UNROLLED = 16;
    private static final int STEPS = 0;
    private static final int BATCH = 1;

    /**
     * What comes out.
     *
     * @param outputs steps × batch × hidden; absent if nobody wants them
     * @param states after the last step, each batch × hidden
     */
    record Result(EdgeValue outputs, List<EdgeValue> states) {}

    Result run(Kernels kernels, List<EdgeValue> initial) {
        int steps = projected.shape().get(STEPS);
        if (!reverse) {
            return steps != -1 && steps <= MOST_UNROLLED ? unrolled(kernels, initial) : looped(kernels, initial);
        }
        // Each sequence is reversed within its length, and so are its outputs.
        Sequence reversed = new Sequence(cell, reversed(kernels, projected), lengths, false, wanted);
        Result result = reversed.run(kernels, initial);
        return wanted ? new Result(reversed(kernels, result.outputs()), result.states()) : result;
    }

    private EdgeValue reversed(Kernels kernels, EdgeValue value) {
        if (lengths.isEmpty()) {
            return kernels.add(
                    BuiltinOperator.REVERSE_V2,
                    new OperatorOptions.None(),
                    List.of(value, EdgeValue.integers("axes", List.of(STEPS))),
                    value.type(),
                    value.shape());
        }
        return kernels.add(
                BuiltinOperator.REVERSE_SEQUENCE,
                new OperatorOptions.ReverseSequence(STEPS, BATCH),
                List.of(value, lengths.get()),
                value.type(),
                value.shape());
    }

    private Result unrolled(Kernels kernels, List<EdgeValue> initial) {
        List<EdgeValue> states = initial;
        List<EdgeValue> outputs = new ArrayList<>();
        for (int step = 0; step < projected.shape().get(STEPS); step++) {
            EdgeValue input = kernels.squeeze(kernels.slice(projected, STEPS, step, 1), List.of(STEPS));
            List<EdgeValue> next = cell.step(kernels, input, states, cell.parameters());
            EdgeValue number = EdgeValue.scalar(TensorType.INT32, step);
            Optional<EdgeValue> running = lengths.map(all -> running(kernels, number, all));
            states = kept(kernels, running, next, states);
            outputs.add(shown(kernels, running, next.get(0)));
        }
        EdgeValue all = wanted ? kernels.pack(outputs, STEPS) : EdgeValue.absent();
        return new Result(all, states);
    }

    private Result looped(Kernels kernels, List<EdgeValue> initial) {
        int count = initial.size();
        List<EdgeValue> carried = new ArrayList<>(List.of(EdgeValue.scalar(TensorType.INT32, 0)));
        carried.addAll(initial);
        if (wanted) {
            carried.add(zeros(
                    kernels,
                    List.of(
                            Length.of(projected, STEPS),
                            Length.of(projected, BATCH),
                            Length.of(initial.get(0), initial.get(0).rank() - 1))));
        }
        EdgeValue steps = kernels.length(Length.of(projected, STEPS));
        List<EdgeValue> around = new ArrayList<>(List.of(steps, projected));
        lengths.ifPresent(around::add);
        around.addAll(cell.parameters());
        int parameters = around.size() - cell.parameters().size();
        WhileLoop.Step condition =
                (inner, values, given) -> List.of(inner.compare(BuiltinOperator.LESS, values.get(0), given.get(0)));
        WhileLoop.Step body = (inner, values, given) -> {
            EdgeValue number = values.get(0);
            List<EdgeValue> states = values.subList(1, 1 + count);
            EdgeValue input = inner.gather(given.get(1), number, STEPS);
            List<EdgeValue> next = cell.step(inner, input, states, given.subList(parameters, given.size()));
            Optional<EdgeValue> running = lengths.map(all -> running(inner, number, given.get(2)));
            List<EdgeValue> results = new ArrayList<>(List.of(inner.add(number, 1)));
            results.addAll(kept(inner, running, next, states));
            if (wanted) {
                results.add(updated(inner, values.get(1 + count), number, shown(inner, running, next.get(0))));
            }
            return results;
        };
        List<EdgeValue> last = new WhileLoop(kernels).run(carried, around, condition, body);
        return new Result(wanted ? last.get(1 + count) : EdgeValue.absent(), last.subList(1, 1 + count));
    }

    /** For each sequence of the batch, whether it has this step, as batch × 1. */
    private static EdgeValue running(Kernels kernels, EdgeValue step, EdgeValue lengths) {
        return kernels.unsqueeze(kernels.compare(BuiltinOperator.LESS, step, lengths), List.of(1));
    }

    private static List<EdgeValue> kept(
            Kernels kernels, Optional<EdgeValue> running, List<EdgeValue> next, List<EdgeValue> before) {
        return running.map(condition -> IntStream.range(0, next.size())
                        .mapToObj(i -> kernels.select(condition, next.get(i), before.get(i)))
                        .toList())
                .orElse(next);
    }

    private static EdgeValue shown(Kernels kernels, Optional<EdgeValue> running, EdgeValue output) {
        return running.map(condition -> kernels.select(condition, output, EdgeValue.scalar(output.type(), 0)))
                .orElse(output);
    }

    /** The value with this row in place {@code index} of its first axis. */
    static EdgeValue updated(Kernels kernels, EdgeValue value, EdgeValue index, EdgeValue row) {
        List<EdgeValue> begins = new ArrayList<>(List.of(index));
        while (begins.size() < value.rank()) {
            begins.add(EdgeValue.scalar(TensorType.INT32, 0));
        }
        return kernels.add(
                BuiltinOperator.DYNAMIC_UPDATE_SLICE,
                new OperatorOptions.None(),
                List.of(value, kernels.unsqueeze(row, List.of(0)), kernels.pack(begins, 0)),
                value.type(),
                value.shape());
    }

    static EdgeValue zeros(Kernels kernels, List<Length> lengths) {
        List<Integer> shape = Kernels.known(lengths);
        return kernels.add(
                BuiltinOperator.FILL,
                new OperatorOptions.None(),
                List.of(kernels.lengths(lengths), EdgeValue.scalar(TensorType.FLOAT32, 0)),
                TensorType.FLOAT32,
                shape);
    }

    /** Between steps first and batch first. */
    static EdgeValue swapped(Kernels kernels, EdgeValue value) {
        List<Integer> axes = new ArrayList<>(List.of(1, 0));
        IntStream.range(2, value.rank()).forEach(axes::add);
        return kernels.transpose(value, new Permutation(axes));
    }
}
