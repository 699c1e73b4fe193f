package dev.slipway.edge.lower;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which lowering serves which operator, from which operator set on. To support another operator, write its class and
 * add a line to {@link #standard}.
 */
public final class LoweringRegistry {
    private record Entry(long since, Lowering lowering) {}

    private final Map<String, List<Entry>> entries;

    private LoweringRegistry(Map<String, List<Entry>> entries) {
        this.entries = Map.copyOf(entries);
    }

    /** All operators that can be converted. */
    public static LoweringRegistry standard() {
        Builder builder = new Builder();
        builder.add("Identity", 1, new IdentityLowering());
        builder.add("Relu", 6, new ElementwiseLowering(BuiltinOperator.RELU));
        builder.add("Sigmoid", 6, new ElementwiseLowering(BuiltinOperator.LOGISTIC));
        builder.add("Tanh", 6, new ElementwiseLowering(BuiltinOperator.TANH));
        builder.add("Exp", 6, new ElementwiseLowering(BuiltinOperator.EXP));
        builder.add("Log", 6, new ElementwiseLowering(BuiltinOperator.LOG));
        builder.add("Sqrt", 6, new ElementwiseLowering(BuiltinOperator.SQRT));
        builder.add("Abs", 6, new ElementwiseLowering(BuiltinOperator.ABS));
        builder.add("Neg", 6, new ElementwiseLowering(BuiltinOperator.NEG));
        builder.add("Floor", 6, new ElementwiseLowering(BuiltinOperator.FLOOR));
        builder.add("Ceil", 6, new ElementwiseLowering(BuiltinOperator.CEIL));
        builder.add("HardSwish", 14, new ElementwiseLowering(BuiltinOperator.HARD_SWISH));
        builder.add("LeakyRelu", 6, new LeakyReluLowering());
        builder.add("Clip", 6, new ClipLowering());
        builder.add("Add", 7, new ArithmeticLowering(BuiltinOperator.ADD));
        builder.add("Sub", 7, new ArithmeticLowering(BuiltinOperator.SUB));
        builder.add("Mul", 7, new ArithmeticLowering(BuiltinOperator.MUL));
        builder.add("Div", 7, new ArithmeticLowering(BuiltinOperator.DIV));
        builder.add("Max", 8, new ExtremumLowering(BuiltinOperator.MAXIMUM));
        builder.add("Min", 8, new ExtremumLowering(BuiltinOperator.MINIMUM));
        builder.add("Conv", 1, new ConvolutionLowering());
        builder.add("MaxPool", 1, new MaxPoolLowering());
        builder.add("AveragePool", 7, new AveragePoolLowering());
        builder.add("GlobalAveragePool", 1, new GlobalPoolLowering(BuiltinOperator.MEAN));
        builder.add("GlobalMaxPool", 1, new GlobalPoolLowering(BuiltinOperator.REDUCE_MAX));
        builder.add("ReduceMean", 1, new ReductionLowering(BuiltinOperator.MEAN));
        builder.add("ReduceSum", 1, new ReductionLowering(BuiltinOperator.SUM));
        builder.add("ReduceMax", 1, new ReductionLowering(BuiltinOperator.REDUCE_MAX));
        builder.add("ReduceMin", 1, new ReductionLowering(BuiltinOperator.REDUCE_MIN));
        builder.add("Gemm", 7, new GemmLowering());
        builder.add("MatMul", 1, new MatrixProductLowering());
        builder.add("Reshape", 5, new ReshapeLowering());
        builder.add("Flatten", 1, new ReshapeLowering());
        builder.add("Squeeze", 1, new ReshapeLowering());
        builder.add("Unsqueeze", 1, new ReshapeLowering());
        builder.add("Transpose", 1, new TransposeLowering());
        builder.add("Concat", 4, new ConcatenationLowering());
        builder.add("Softmax", 1, new FlattenedSoftmaxLowering());
        builder.add("Softmax", 13, new SoftmaxLowering());
        return new LoweringRegistry(builder.entries);
    }

    /** The operators of ONNX's own domain that can be converted, sorted. */
    public Set<String> operators() {
        return new TreeSet<>(entries.keySet());
    }

    /** Fails with {@code edge.no-lowering} or {@code edge.opset}. */
    Lowering find(OnnxNode node, long opset) {
        List<Entry> candidates = node.domain().isEmpty() ? entries.getOrDefault(node.operator(), List.of()) : List.of();
        if (candidates.isEmpty()) {
            throw SlipwayException.unsupported("edge.no-lowering", "there is no conversion of this operator");
        }
        Entry best = null;
        for (Entry entry : candidates) {
            if (entry.since() <= opset && (best == null || entry.since() > best.since())) {
                best = entry;
            }
        }
        if (best == null) {
            throw SlipwayException.unsupported(
                    "edge.opset",
                    "it is converted from opset " + candidates.get(0).since() + " on; upgrade the model");
        }
        return best.lowering();
    }

    private static final class Builder {
        private final Map<String, List<Entry>> entries = new HashMap<>();

        private void add(String operator, long since, Lowering lowering) {
            entries.computeIfAbsent(operator, key -> new ArrayList<>()).add(new Entry(since, lowering));
        }
    }
}
