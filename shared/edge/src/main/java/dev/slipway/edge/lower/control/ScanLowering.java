package dev.slipway.edge.lower.control;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.edge.lower.Operand;
import dev.slipway.edge.probe.Extent;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Scan: unrolled where it has a few steps, otherwise WHILE. Before opset 9 it has a batch, each of which is a scan. */
final class ScanLowering implements Lowering {
    private static final int LARGEST_BATCH = 16;

    private final boolean batched;

    ScanLowering(boolean batched) {
        this.batched = batched;
    }

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        int scanned = Math.toIntExact(node.integer("num_scan_inputs").orElseThrow());
        int first = batched ? 1 : 0;
        int states = node.inputs().size() - first - scanned;
        List<Operand> initial = new ArrayList<>();
        List<Operand> sequences = new ArrayList<>();
        for (int i = 0; i < states + scanned; i++) {
            Operand value = new Operand(context.input(node, first + i), context.facts(node, first + i));
            if (i < states) {
                initial.add(value);
            } else {
                sequences.add(value);
            }
        }
        if (!batched) {
            define(node, context, scan(node, context, initial, sequences));
            return;
        }
        int batch = context.facts(node, 1).shape().get(0);
        if (node.input(0).isPresent() || batch == -1 || batch > LARGEST_BATCH) {
            throw context.refusal("scan-batch", "it scans sequences of different lengths or an open or large batch");
        }
        Kernels kernels = context.kernels(node);
        List<List<EdgeValue>> results = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            int item = i;
            results.add(scan(
                    node,
                    context,
                    initial.stream().map(value -> item(kernels, value, item)).toList(),
                    sequences.stream().map(value -> item(kernels, value, item)).toList()));
        }
        define(
                node,
                context,
                IntStream.range(0, node.outputs().size())
                        .mapToObj(index -> kernels.pack(
                                results.stream()
                                        .map(result -> result.get(index))
                                        .toList(),
                                0))
                        .toList());
    }

    private List<EdgeValue> scan(
            OnnxNode node, LoweringContext context, List<Operand> initial, List<Operand> sequences) {
        Kernels kernels = context.kernels(node);
        OnnxGraph body = node.body("body").orElseThrow();
        List<Operand> ordered = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            String directions = batched ? "directions" : "scan_input_directions";
            ordered.add(ordered(
                    context,
                    kernels,
                    sequences.get(i),
                    setting(node, "scan_input_axes", i),
                    setting(node, directions, i) != 0));
        }
        Iteration iteration = new Iteration(
                node, body, new ScanInputs(ordered), initial, node.outputs().size() - initial.size());
        Optional<Iteration.Result> unrolled = Optional.empty();
        int steps = ordered.get(0).facts().shape().get(0);
        if (steps != -1 && UnrolledIteration.isSmall(iteration, steps)) {
            unrolled = new UnrolledIteration(iteration, context).run(steps);
        }
        Iteration.Result result = unrolled.orElseGet(() -> {
            EdgeValue limit = kernels.length(Length.of(ordered.get(0).value(), 0));
            return new LoopedIteration(iteration, context)
                    .run(
                            Optional.of(kernels.cast(limit, TensorType.INT64)),
                            EdgeValue.booleans("start", List.of(), true));
        });
        List<EdgeValue> values = new ArrayList<>(result.states());
        for (int i = 0; i < result.collected().size(); i++) {
            EdgeValue parts = result.collected().get(i);
            if (setting(node, "scan_output_directions", i) != 0) {
                parts = reversed(kernels, parts);
            }
            int axis = context.axis(setting(node, "scan_output_axes", i), parts.rank());
            values.add(kernels.transpose(parts, toFront(axis, parts.rank()).inverse()));
        }
        return values;
    }

    private static long setting(OnnxNode node, String attribute, int index) {
        return node.integers(attribute).map(values -> values.get(index)).orElse(0L);
    }

    /** With the steps along the first axis, in the order in which they are taken. */
    private static Operand ordered(
            LoweringContext context, Kernels kernels, Operand sequence, long givenAxis, boolean reverse) {
        int rank = sequence.value().rank();
        Permutation order = toFront(context.axis(givenAxis, rank), rank);
        EdgeValue value = kernels.transpose(sequence.value(), order);
        List<Extent> extents = order.apply(sequence.facts().extents());
        return new Operand(
                reverse ? reversed(kernels, value) : value,
                new ValueFacts(sequence.facts().type(), extents, Optional.empty()));
    }

    private static Permutation toFront(int axis, int rank) {
        List<Integer> axes = new ArrayList<>(List.of(axis));
        IntStream.range(0, rank).filter(other -> other != axis).forEach(axes::add);
        return new Permutation(axes);
    }

    private static EdgeValue reversed(Kernels kernels, EdgeValue value) {
        return kernels.add(
                BuiltinOperator.REVERSE_V2,
                new OperatorOptions.None(),
                List.of(value, EdgeValue.integers("axes", List.of(0))),
                value.type(),
                value.shape());
    }

    private static Operand item(Kernels kernels, Operand value, int index) {
        return new Operand(
                kernels.squeeze(kernels.slice(value.value(), 0, index, 1), List.of(0)), withoutFirst(value.facts()));
    }

    private static ValueFacts withoutFirst(ValueFacts facts) {
        return new ValueFacts(facts.type(), facts.extents().subList(1, facts.rank()), Optional.empty());
    }

    private static void define(OnnxNode node, LoweringContext context, List<EdgeValue> values) {
        for (int i = 0; i < values.size(); i++) {
            if (context.wantsOutput(node, i)) {
                context.define(node, i, values.get(i));
            }
        }
    }

    /** The states, and of each sequence the element of this step. */
    private record ScanInputs(List<Operand> sequences) implements Iteration.Inputs {
        @Override
        public List<Operand> around() {
            return sequences;
        }

        @Override
        public List<Operand> of(Kernels kernels, EdgeValue step, List<Operand> states, List<EdgeValue> around) {
            List<Operand> inputs = new ArrayList<>(states);
            for (int i = 0; i < sequences.size(); i++) {
                EdgeValue sequence = around.get(i);
                EdgeValue element = step.isConstant()
                        ? kernels.squeeze(
                                kernels.slice(sequence, 0, step.integers().get(0), 1), List.of(0))
                        : kernels.gather(sequence, step, 0);
                inputs.add(new Operand(element, withoutFirst(sequences.get(i).facts())));
            }
            return inputs;
        }

        @Override
        public int outputsBeforeStates() {
            return 0;
        }
    }
}
