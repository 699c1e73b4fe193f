package dev.slipway.edge.quantise;

import ai.onnxruntime.platform.Fp16Conversions;
import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps large float constants as float16 behind a DEQUANTIZE, which runtimes fold into the kernels or run once. Small
 * ones, vectors such as biases, and those with a number beyond what 16 bits can tell stay float32.
 */
public final class HalfWeights implements GraphPass {
    /** Below, the DEQUANTIZE takes more room than it saves. */
    private static final int FEWEST_ELEMENTS = 256;

    private static final float LARGEST = 65504;

    @Override
    public EdgeGraph apply(EdgeGraph graph) {
        List<EdgeOperation> operations = new ArrayList<>();
        Map<EdgeValue, EdgeValue> widened = new HashMap<>();
        for (EdgeOperation operation : graph.operations()) {
            List<EdgeValue> inputs = new ArrayList<>();
            for (EdgeValue input : operation.inputs()) {
                inputs.add(
                        isWorthwhile(input)
                                ? widened.computeIfAbsent(input, weights -> widened(weights, operations))
                                : input);
            }
            operations.add(operation.with(inputs, operation.outputs()));
        }
        return new EdgeGraph(operations, graph.inputs(), graph.outputs());
    }

    private static boolean isWorthwhile(EdgeValue value) {
        if (!value.isConstant() || value.type() != TensorType.FLOAT32 || value.rank() < 2) {
            return false;
        }
        float[] numbers = value.floats();
        if (numbers.length < FEWEST_ELEMENTS) {
            return false;
        }
        for (float number : numbers) {
            // NaN fails the comparison, too.
            if (!(Math.abs(number) <= LARGEST)) {
                return false;
            }
        }
        return true;
    }

    private static EdgeValue widened(EdgeValue weights, List<EdgeOperation> operations) {
        float[] numbers = weights.floats();
        ByteBuffer halves = ByteBuffer.allocate(numbers.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : numbers) {
            halves.putShort(Fp16Conversions.floatToFp16(number));
        }
        EdgeValue stored =
                EdgeValue.constant(weights.name() + "/half", TensorType.FLOAT16, weights.shape(), halves.flip());
        EdgeValue wide = EdgeValue.computed(weights.name(), TensorType.FLOAT32, weights.shape());
        operations.add(new EdgeOperation(
                BuiltinOperator.DEQUANTIZE, new OperatorOptions.None(), List.of(stored), List.of(wide)));
        return wide;
    }
}
