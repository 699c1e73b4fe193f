package dev.slipway.edge.lower.elementwise;

import static dev.slipway.edge.lower.OperatorEntry.onnx;

import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.edge.lower.OperatorFamily;
import dev.slipway.tflite.BuiltinOperator;
import java.util.List;

/** Functions of elements at one place, and reductions. */
public final class ElementwiseOperators implements OperatorFamily {
    @Override
    public List<OperatorEntry> entries() {
        return List.of(
                onnx("Identity", 1, new IdentityLowering(), "nothing"),
                onnx("Relu", 6, new ElementwiseLowering(BuiltinOperator.RELU), "RELU"),
                onnx("Sigmoid", 6, new ElementwiseLowering(BuiltinOperator.LOGISTIC), "LOGISTIC"),
                onnx("Tanh", 6, new ElementwiseLowering(BuiltinOperator.TANH), "TANH"),
                onnx("Exp", 6, new ElementwiseLowering(BuiltinOperator.EXP), "EXP"),
                onnx("Log", 6, new ElementwiseLowering(BuiltinOperator.LOG), "LOG"),
                onnx("Sqrt", 6, new ElementwiseLowering(BuiltinOperator.SQRT), "SQRT"),
                onnx("Abs", 6, new ElementwiseLowering(BuiltinOperator.ABS), "ABS"),
                onnx("Neg", 6, new ElementwiseLowering(BuiltinOperator.NEG), "NEG"),
                onnx("Floor", 6, new ElementwiseLowering(BuiltinOperator.FLOOR), "FLOOR"),
                onnx("Ceil", 6, new ElementwiseLowering(BuiltinOperator.CEIL), "CEIL"),
                onnx("HardSwish", 14, new ElementwiseLowering(BuiltinOperator.HARD_SWISH), "HARD_SWISH"),
                onnx("LeakyRelu", 6, new LeakyReluLowering(), "LEAKY_RELU"),
                onnx("Clip", 6, new ClipLowering(), "RELU, RELU6, MAXIMUM, MINIMUM"),
                onnx("Add", 7, new ArithmeticLowering(BuiltinOperator.ADD), "ADD"),
                onnx("Sub", 7, new ArithmeticLowering(BuiltinOperator.SUB), "SUB"),
                onnx("Mul", 7, new ArithmeticLowering(BuiltinOperator.MUL), "MUL"),
                onnx("Div", 7, new ArithmeticLowering(BuiltinOperator.DIV), "DIV"),
                onnx("Max", 8, new ExtremumLowering(BuiltinOperator.MAXIMUM), "MAXIMUM"),
                onnx("Min", 8, new ExtremumLowering(BuiltinOperator.MINIMUM), "MINIMUM"),
                onnx("ReduceMean", 1, new ReductionLowering(BuiltinOperator.MEAN), "MEAN"),
                onnx("ReduceSum", 1, new ReductionLowering(BuiltinOperator.SUM), "SUM"),
                onnx("ReduceMax", 1, new ReductionLowering(BuiltinOperator.REDUCE_MAX), "REDUCE_MAX"),
                onnx("ReduceMin", 1, new ReductionLowering(BuiltinOperator.REDUCE_MIN), "REDUCE_MIN"));
    }
}
