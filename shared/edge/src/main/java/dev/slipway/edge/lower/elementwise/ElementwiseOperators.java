package dev.slipway.edge.lower.elementwise;

import static dev.slipway.edge.lower.OperatorEntry.contributed;
import static dev.slipway.edge.lower.OperatorEntry.onnx;

import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.edge.lower.OperatorFamily;
import dev.slipway.tflite.BuiltinOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Functions of elements at one place, and reductions. */
public final class ElementwiseOperators implements OperatorFamily {
    private static final String NAN = "of NaN, XNNPACK gives a number";
    private static final String NAN_BESIDE_NUMBER = "of NaN and a number, the kernel may give the number";

    @Override
    public List<OperatorEntry> entries() {
        List<OperatorEntry> entries = new ArrayList<>();
        entries.addAll(functions());
        entries.addAll(activations());
        entries.addAll(arithmetic());
        entries.addAll(comparisons());
        entries.addAll(reductions());
        entries.addAll(refusals());
        return List.copyOf(entries);
    }

    private static List<OperatorEntry> functions() {
        return List.of(
                onnx("Identity", 1, new IdentityLowering(), "nothing"),
                onnx("Exp", 1, kernel(BuiltinOperator.EXP), "EXP").limits(NAN),
                onnx("Log", 1, kernel(BuiltinOperator.LOG), "LOG"),
                onnx("Sqrt", 1, kernel(BuiltinOperator.SQRT), "SQRT").limits("of infinity, XNNPACK gives NaN"),
                onnx("Reciprocal", 1, formula(x -> x.dividing(1)), "DIV"),
                onnx("Floor", 1, kernel(BuiltinOperator.FLOOR), "FLOOR"),
                onnx("Ceil", 1, kernel(BuiltinOperator.CEIL), "CEIL"),
                onnx("Round", 11, kernel(BuiltinOperator.ROUND), "ROUND"),
                onnx("Abs", 1, new SignLowering(Signs::magnitude, x -> x), "ABS, of int64 MAXIMUM of both signs"),
                onnx("Neg", 1, new SignLowering(Term::negated, Term::negated), "NEG"),
                onnx("Sign", 9, new SignLowering(Signs::sign, Signs::unsignedSign), "SIGN, of int64 comparisons"),
                onnx("Sin", 7, kernel(BuiltinOperator.SIN), "SIN"),
                onnx("Cos", 7, kernel(BuiltinOperator.COS), "COS"),
                onnx("Tan", 7, formula(Functions::tangent), "SIN, COS, DIV"),
                onnx("Asin", 7, formula(Functions::arcSine), "ATAN2 with SQRT"),
                onnx("Acos", 7, formula(Functions::arcCosine), "ATAN2 with SQRT"),
                onnx("Atan", 7, formula(Functions::arcTangent), "ATAN2"),
                onnx("Sinh", 9, formula(Functions::hyperbolicSine), "EXP, near 0 a polynomial"),
                onnx("Cosh", 9, formula(Functions::hyperbolicCosine), "EXP").limits(NAN),
                onnx("Asinh", 9, formula(Functions::areaSine), "LOG, SQRT"),
                onnx("Acosh", 9, formula(Functions::areaCosine), "LOG, SQRT"),
                onnx("Atanh", 9, formula(Functions::areaTangent), "LOG"),
                onnx("Erf", 9, formula(Functions::error), "a ratio of polynomials"),
                onnx("IsNaN", 9, formula(x -> x.compared(BuiltinOperator.NOT_EQUAL, x)), "NOT_EQUAL"),
                onnx("IsInf", 10, Formula.of(Activations::isInfinite), "EQUAL, ABS"),
                onnx("Cast", 1, new CastLowering(), "CAST").limits("strings"),
                onnx("CastLike", 15, new CastLowering(), "CAST").limits("strings"),
                onnx("Dropout", 1, new DropoutLowering(), "nothing, FILL for the mask")
                        .limits("training mode"));
    }

    private static List<OperatorEntry> activations() {
        return List.of(
                onnx("Relu", 1, Formula.of(Activations::relu), "RELU, of integers MAXIMUM"),
                onnx("LeakyRelu", 1, Formula.of(Activations::leakyRelu), "LEAKY_RELU"),
                onnx("PRelu", 1, new PReluLowering(), "PRELU; of integers or more than 4 axes MUL, SELECT_V2"),
                onnx("ThresholdedRelu", 1, Formula.of(Activations::thresholdedRelu), "GREATER, SELECT_V2"),
                onnx("Sigmoid", 1, kernel(BuiltinOperator.LOGISTIC), "LOGISTIC"),
                onnx("Tanh", 1, kernel(BuiltinOperator.TANH), "TANH"),
                onnx("Elu", 1, Formula.of(Activations::elu), "ELU"),
                onnx("Selu", 1, Formula.of(Activations::selu), "ELU, MUL, SELECT_V2"),
                onnx("Celu", 12, Formula.of(Activations::celu), "ELU, DIV, MUL"),
                onnx("Softplus", 1, formula(Functions::softplus), "EXP, LOG").limits(NAN),
                onnx("Softsign", 1, Formula.of(Activations::softsign), "ABS, ADD, DIV"),
                onnx("HardSigmoid", 1, Formula.of(Activations::hardSigmoid), "MUL, ADD, MINIMUM, MAXIMUM"),
                onnx("HardSwish", 14, kernel(BuiltinOperator.HARD_SWISH), "HARD_SWISH"),
                onnx("Swish", 24, Formula.of(Activations::swish), "LOGISTIC, MUL"),
                onnx("Mish", 18, Formula.of(Activations::mish), "EXP, LOG, TANH, MUL")
                        .limits(NAN),
                onnx("Gelu", 20, new GeluLowering(false), "GELU"),
                contributed("Gelu", new GeluLowering(false), "GELU"),
                contributed("BiasGelu", new GeluLowering(false), "ADD, GELU"),
                contributed("FastGelu", new GeluLowering(true), "GELU, ADD"),
                contributed("QuickGelu", Formula.of(Activations::quickGelu), "LOGISTIC, MUL"),
                onnx("Shrink", 9, new IntegerFormula(Activations::shrink), "comparisons, SELECT_V2"),
                onnx(
                        "Clip",
                        1,
                        new ClipLowering(),
                        "RELU, RELU6 or RELU_N1_TO_1 for their bounds, otherwise MAXIMUM, MINIMUM"));
    }

    private static List<OperatorEntry> arithmetic() {
        return List.of(
                onnx("Add", 1, new ArithmeticLowering(Kernels::add), "ADD"),
                onnx("Sub", 1, new ArithmeticLowering(Kernels::subtract), "SUB"),
                onnx("Mul", 1, new ArithmeticLowering(Kernels::multiply), "MUL"),
                onnx("Div", 1, new DivisionLowering(), "DIV; of wide integers FLOOR_MOD and float quotients"),
                onnx("Mod", 10, new RemainderLowering(), "FLOOR_MOD"),
                onnx("Pow", 1, new PowerLowering(), "MUL or SQRT for their exponents, otherwise POW"),
                onnx("Max", 1, new SeveralLowering(Kernels::maximum, false), "MAXIMUM")
                        .limits(NAN_BESIDE_NUMBER),
                onnx("Min", 1, new SeveralLowering(Kernels::minimum, false), "MINIMUM")
                        .limits(NAN_BESIDE_NUMBER),
                onnx("Sum", 1, new SeveralLowering(Kernels::add, false), "ADD"),
                onnx("Mean", 1, new SeveralLowering(Kernels::add, true), "ADD, MUL"),
                onnx("BitCast", 26, new BitCastLowering(), "BITCAST, of integers CAST")
                        .limits("FLOAT64 and half floats"),
                onnx("BitShift", 11, new BitShiftLowering(), "MUL by a GATHERed power of two, RIGHT_SHIFT"),
                onnx("BitwiseAnd", 18, new BitwiseLowering(BitwiseLowering.Function.AND), "BITWISE_XOR, RIGHT_SHIFT"),
                onnx("BitwiseOr", 18, new BitwiseLowering(BitwiseLowering.Function.OR), "BITWISE_XOR, RIGHT_SHIFT"),
                onnx("BitwiseXor", 18, new BitwiseLowering(BitwiseLowering.Function.EXCLUSIVE_OR), "BITWISE_XOR"),
                onnx(
                        "BitwiseNot",
                        18,
                        new SignLowering(
                                x -> x.number(-1).minus(x), x -> x.number(-1).minus(x)),
                        "SUB"),
                onnx("CumProd", 26, new CumulativeProductLowering(), "SLICE, PADV2, MUL")
                        .limits("an axis of known length"),
                onnx("CumSum", 11, new CumulativeSumLowering(), "CUMSUM"));
    }

    private static List<OperatorEntry> comparisons() {
        return List.of(
                onnx("Not", 1, kernel(BuiltinOperator.LOGICAL_NOT), "LOGICAL_NOT"),
                onnx("And", 1, logical(BuiltinOperator.LOGICAL_AND), "LOGICAL_AND"),
                onnx("Or", 1, logical(BuiltinOperator.LOGICAL_OR), "LOGICAL_OR"),
                onnx("Xor", 1, new ComparisonLowering(BuiltinOperator.NOT_EQUAL), "NOT_EQUAL"),
                onnx("Equal", 1, new ComparisonLowering(BuiltinOperator.EQUAL), "EQUAL")
                        .limits("strings"),
                onnx("Less", 1, new ComparisonLowering(BuiltinOperator.LESS), "LESS"),
                onnx("LessOrEqual", 12, new ComparisonLowering(BuiltinOperator.LESS_EQUAL), "LESS_EQUAL"),
                onnx("Greater", 1, new ComparisonLowering(BuiltinOperator.GREATER), "GREATER"),
                onnx("GreaterOrEqual", 12, new ComparisonLowering(BuiltinOperator.GREATER_EQUAL), "GREATER_EQUAL"),
                onnx("Where", 9, new WhereLowering(), "SELECT_V2").limits("strings"));
    }

    private static List<OperatorEntry> reductions() {
        String axes = "axes whose number is computed; no elements of an integer type";
        return List.of(
                onnx("ReduceSum", 1, new ReductionLowering(Reduction.SUM), "SUM")
                        .limits(axes),
                onnx("ReduceMean", 1, new ReductionLowering(Reduction.MEAN), "MEAN")
                        .limits(axes),
                onnx("ReduceProd", 1, new ReductionLowering(Reduction.PRODUCT), "REDUCE_PROD")
                        .limits(axes),
                onnx("ReduceMax", 1, new ReductionLowering(Reduction.MAXIMUM), "REDUCE_MAX, REDUCE_ANY")
                        .limits(axes),
                onnx("ReduceMin", 1, new ReductionLowering(Reduction.MINIMUM), "REDUCE_MIN, REDUCE_ALL")
                        .limits(axes),
                onnx("ReduceL1", 1, new ReductionLowering(Reduction.MAGNITUDES), "ABS, SUM")
                        .limits(axes),
                onnx("ReduceL2", 1, new ReductionLowering(Reduction.LENGTH), "MUL, SUM, SQRT")
                        .limits(axes),
                onnx("ReduceSumSquare", 1, new ReductionLowering(Reduction.SQUARES), "MUL, SUM")
                        .limits(axes),
                onnx("ReduceLogSum", 1, new ReductionLowering(Reduction.LOG_OF_SUM), "SUM, LOG")
                        .limits(axes),
                onnx(
                                "ReduceLogSumExp",
                                1,
                                new ReductionLowering(Reduction.LOG_OF_EXPONENTIALS),
                                "REDUCE_MAX, EXP, SUM, LOG")
                        .limits(axes),
                onnx("ArgMax", 1, ArgExtremumLowering.MAXIMUM, "ARG_MAX"),
                onnx("ArgMin", 1, ArgExtremumLowering.MINIMUM, "ARG_MIN"),
                onnx("TopK", 1, new TopKLowering(), "TOPK_V2"));
    }

    private static List<OperatorEntry> refusals() {
        return List.of(
                        "Bernoulli",
                        "Multinomial",
                        "RandomNormal",
                        "RandomNormalLike",
                        "RandomUniform",
                        "RandomUniformLike")
                .stream()
                .map(operator ->
                        onnx(operator, 1, new RandomLowering(), "nothing").limits("refused: it is random"))
                .toList();
    }

    private static Lowering kernel(BuiltinOperator operator) {
        return formula(x -> x.unary(operator));
    }

    private static Lowering formula(UnaryOperator<Term> formula) {
        return Formula.of((x, node) -> formula.apply(x));
    }

    private static Lowering logical(BuiltinOperator operator) {
        return new ArithmeticLowering((kernels, left, right) -> kernels.binary(operator, left, right));
    }
}
