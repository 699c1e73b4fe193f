package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Keeps large weights as 8-bit integers. Where the kernel can, it computes with them, its activations quantised on the fly
 * (CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED by output channel, BATCH_MATMUL with one scale); the others get the
 * weights through a DEQUANTIZE.
 */
public final class DynamicWeights implements GraphPass {
    /** Fewer are not worth it; TensorFlow's converter has the same limit. */
    static final int FEWEST_ELEMENTS = 1024;

    private static final int CHANNELS = 3;

    private final Predicate<EdgeOperation> wanted;
    private final Map<EdgeValue, EdgeValue> widened = new HashMap<>();
    private final List<EdgeOperation> operations = new ArrayList<>();

    /** @param wanted which operations do not keep their float weights */
    public DynamicWeights(Predicate<EdgeOperation> wanted) {
        this.wanted = wanted;
    }

    @Override
    public EdgeGraph apply(EdgeGraph graph) {
        DynamicWeights pass = new DynamicWeights(wanted);
        graph.operations().forEach(pass::add);
        return new EdgeGraph(pass.operations, graph.inputs(), graph.outputs());
    }

    /** Whether there is anything to do. */
    static boolean hasLargeWeights(EdgeOperation operation) {
        int place = place(operation);
        return place >= 0 && place < operation.inputs().size() && isLarge(operation.input(place));
    }

    /** The operation with weights of 8 bits beside the float one: what it makes of the same inputs. */
    static EdgeValue beside(EdgeOperation operation, List<EdgeOperation> added) {
        EdgeValue output = operation.output();
        EdgeValue result = EdgeValue.computed(output.name() + "/quantised", output.type(), output.shape());
        DynamicWeights alone = new DynamicWeights(any -> true);
        alone.add(operation.with(operation.inputs(), List.of(result)));
        added.addAll(alone.operations);
        return result;
    }

    private void add(EdgeOperation operation) {
        if (!hasLargeWeights(operation) || !wanted.test(operation)) {
            operations.add(operation);
            return;
        }
        int place = place(operation);
        EdgeValue weights = operation.input(place);
        switch (operation.operator()) {
            case CONV_2D -> {
                boolean grouped = !weights.shape()
                        .get(CHANNELS)
                        .equals(operation.input(0).shape().get(CHANNELS));
                operations.add(with(
                        operation,
                        place,
                        // Grouped convolutions on mixed types have a slow reference kernel only.
                        grouped
                                ? widened(weights, OptionalInt.of(0))
                                : SymmetricWeights.of(weights, OptionalInt.of(0))));
            }
            case DEPTHWISE_CONV_2D ->
                operations.add(with(operation, place, SymmetricWeights.of(weights, OptionalInt.of(CHANNELS))));
            case FULLY_CONNECTED -> {
                OperatorOptions.FullyConnected options = (OperatorOptions.FullyConnected) operation.options();
                operations.add(with(operation, place, SymmetricWeights.of(weights, OptionalInt.of(0)))
                        .with(new OperatorOptions.FullyConnected(
                                options.keepDimensions(), true, options.activation())));
            }
            case BATCH_MATMUL -> {
                OperatorOptions.BatchMatMul options = (OperatorOptions.BatchMatMul) operation.options();
                operations.add(with(operation, place, SymmetricWeights.of(weights, OptionalInt.empty()))
                        .with(new OperatorOptions.BatchMatMul(
                                options.transposeLeft(), options.transposeRight(), true)));
            }
            case GATHER -> gather(operation, weights);
            default -> operations.add(with(operation, place, widened(weights, OptionalInt.of(0))));
        }
    }

    /** Which input holds the weights, -1 if the operator has none. */
    private static int place(EdgeOperation operation) {
        return switch (operation.operator()) {
            case CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED, BATCH_MATMUL, TRANSPOSE_CONV -> 1;
            case GATHER -> 0;
            default -> -1;
        };
    }

    private static boolean isLarge(EdgeValue value) {
        return value.isConstant()
                && value.type() == TensorType.FLOAT32
                && value.shape().stream().reduce(1, Math::multiplyExact) >= FEWEST_ELEMENTS;
    }

    /** Only the rows that were looked up are made float again. */
    private void gather(EdgeOperation operation, EdgeValue table) {
        EdgeValue narrow = SymmetricWeights.of(table, OptionalInt.empty());
        EdgeValue rows = EdgeValue.computed(
                        operation.output().name() + "/quantised",
                        TensorType.INT8,
                        operation.output().shape())
                .quantised(TensorType.INT8, narrow.quantization().orElseThrow());
        operations.add(with(operation, 0, narrow).with(List.of(narrow, operation.input(1)), List.of(rows)));
        operations.add(dequantise(rows, operation.output()));
    }

    private EdgeValue widened(EdgeValue weights, OptionalInt axis) {
        return widened.computeIfAbsent(weights, key -> {
            EdgeValue wide = EdgeValue.computed(key.name() + "/dequantised", TensorType.FLOAT32, key.shape());
            operations.add(dequantise(SymmetricWeights.of(key, axis), wide));
            return wide;
        });
    }

    private static EdgeOperation dequantise(EdgeValue narrow, EdgeValue wide) {
        return new EdgeOperation(
                BuiltinOperator.DEQUANTIZE, new OperatorOptions.None(), List.of(narrow), List.of(wide));
    }

    private static EdgeOperation with(EdgeOperation operation, int place, EdgeValue input) {
        List<EdgeValue> inputs = new ArrayList<>(operation.inputs());
        inputs.set(place, input);
        return operation.with(inputs, operation.outputs());
    }
}
