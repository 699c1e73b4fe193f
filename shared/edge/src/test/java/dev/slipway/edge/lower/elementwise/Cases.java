package dev.slipway.edge.lower.elementwise;

import static dev.slipway.onnx.AttributeValue.integer;
import static dev.slipway.onnx.AttributeValue.integers;
import static dev.slipway.onnx.AttributeValue.number;
import static dev.slipway.onnx.AttributeValue.text;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Models of one operator each, with the inputs that they are run with; no inputs are random ones at several batches. */
final class Cases {
    record Case(String name, OnnxModel model, Map<String, OnnxTensor> sample) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final long NEWEST = 22;
    private static final float[] EDGES = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        0,
        -0f,
        1,
        -1,
        0.5f,
        -0.5f,
        1.5f,
        2.5f,
        -2.5f,
        1e-6f,
        -3e-4f,
        7,
        -7,
        20,
        -20,
        88
    };

    /** TFLite's kernels give no NaN for NaN, or their neighbour for infinity; the sine of large numbers is anything. */
    private static final List<String> WITHOUT_EDGES =
            List.of("Exp", "Sqrt", "Cosh", "Softplus", "Mish", "HardSwish", "HardSigmoid", "Sin", "Cos", "Tan");

    private Cases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        functions(cases);
        binary(cases);
        conditions(cases);
        wholeNumbers(cases);
        casts(cases);
        reductions(cases);
        choices(cases);
        ranks(cases);
        return cases;
    }

    private static void functions(List<Case> cases) {
        for (String operator : List.of(
                "Identity",
                "Exp",
                "Log",
                "Sqrt",
                "Reciprocal",
                "Floor",
                "Ceil",
                "Round",
                "Abs",
                "Neg",
                "Sin",
                "Cos",
                "Tan",
                "Asin",
                "Acos",
                "Atan",
                "Sinh",
                "Cosh",
                "Asinh",
                "Acosh",
                "Atanh",
                "Erf",
                "IsNaN",
                "IsInf",
                "Sigmoid",
                "Tanh",
                "Elu",
                "Selu",
                "Celu",
                "Softplus",
                "Softsign",
                "HardSigmoid",
                "HardSwish",
                "Mish",
                "ThresholdedRelu",
                "Shrink",
                "LeakyRelu")) {
            cases.add(single(operator, Map.of()));
            if (!WITHOUT_EDGES.contains(operator)) {
                cases.add(atEdges(operator, Map.of()));
            }
        }
        for (String operator : List.of("Relu", "Sign", "Dropout", "Clip")) {
            cases.add(single(operator, Map.of()));
        }
        cases.add(single("Gelu", Map.of("approximate", text("none"))));
        cases.add(single("Gelu", Map.of("approximate", text("tanh"))));
        cases.add(single("Elu", Map.of("alpha", number(2))));
        cases.add(single("Celu", Map.of("alpha", number(0.5f))));
        cases.add(single("Selu", Map.of("alpha", number(2), "gamma", number(0.5f))));
        cases.add(single("LeakyRelu", Map.of("alpha", number(0.3f))));
        cases.add(single("ThresholdedRelu", Map.of("alpha", number(0.25f))));
        cases.add(single("HardSigmoid", Map.of("alpha", number(1 / 6f), "beta", number(0.5f))));
        cases.add(single("Shrink", Map.of("lambd", number(0.25f), "bias", number(0.125f))));
        cases.add(atEdges("IsInf", Map.of("detect_negative", integer(0))));
        cases.add(atEdges("IsInf", Map.of("detect_positive", integer(0))));
        for (String operator : List.of("Gelu", "QuickGelu", "FastGelu")) {
            cases.add(of(operator + " of com.microsoft", contributed(operator, List.of("x"))));
        }
        for (String operator : List.of("BiasGelu", "FastGelu")) {
            cases.add(of(
                    operator + " of com.microsoft with bias",
                    contributed(operator, List.of("x", "c")).initializer(floats("c", 5))));
        }
        cases.add(of(
                "Dropout with mask",
                image(NEWEST)
                        .node(new OnnxNode("d", "", "Dropout", List.of("x"), List.of("y", "mask"), Map.of()))
                        .output("mask")));
    }

    private static void binary(List<Case> cases) {
        for (String operator : List.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Mean", "PRelu")) {
            for (OnnxTensor other :
                    List.of(floats("c"), floats("c", 5), floats("c", 3, 1, 1), floats("c", 1, 3, 4, 5))) {
                cases.add(of(
                        operator + other.shape(),
                        image(NEWEST).initializer(other).node(operator, List.of("x", "c"), "y")));
                if (!operator.equals("PRelu")) {
                    cases.add(of(
                            operator + other.shape() + " reversed",
                            image(NEWEST)
                                    .node("Exp", List.of("x"), "e")
                                    .initializer(other)
                                    .node(operator, List.of("c", "e"), "y")));
                }
            }
        }
        for (String operator : List.of("Max", "Min", "Sum", "Mean")) {
            cases.add(single(operator, Map.of()));
            cases.add(of(
                    operator + " of three",
                    image(NEWEST)
                            .initializer(floats("c", 4, 1))
                            .node("Neg", List.of("x"), "n")
                            .node(operator, List.of("x", "c", "n"), "y")));
        }
        for (float exponent : new float[] {1, 2, 3, 0.5f, -1, 1.7f, 4}) {
            cases.add(of(
                    "Pow " + exponent,
                    image(NEWEST)
                            .node("Exp", List.of("x"), "e")
                            .initializer(OnnxTensor.float32("c", List.of(), exponent))
                            .node("Pow", List.of("e", "c"), "y")));
        }
        cases.add(of(
                "Mod of floats",
                image(NEWEST)
                        .initializer(floats("c", 5))
                        .node("Mod", List.of("x", "c"), "y", Map.of("fmod", integer(1)))));
        for (List<Float> bounds :
                List.of(List.of(0f, 6f), List.of(-1f, 1f), List.of(-0.25f, 0.5f), List.of(0f, Float.MAX_VALUE))) {
            cases.add(of(
                    "Clip" + bounds,
                    image(NEWEST)
                            .initializer(OnnxTensor.float32("a", List.of(), bounds.get(0)))
                            .initializer(OnnxTensor.float32("b", List.of(), bounds.get(1)))
                            .node("Clip", List.of("x", "a", "b"), "y")));
        }
        cases.add(of(
                "Clip without a lower bound",
                image(NEWEST)
                        .initializer(OnnxTensor.float32("b", List.of(), 0.5f))
                        .node("Clip", List.of("x", "", "b"), "y")));
        cases.add(of(
                "Clip at computed bounds",
                image(NEWEST)
                        .node("ReduceMean", List.of("x"), "m", Map.of("keepdims", integer(0)))
                        .node("Clip", List.of("x", "m"), "y")));
        cases.add(of(
                "Clip of opset 6",
                image(10).node("Clip", List.of("x"), "y", Map.of("min", number(-0.5f), "max", number(0.25f)))));
    }

    private static void conditions(List<Case> cases) {
        for (String operator : List.of("Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual")) {
            cases.add(
                    of(operator, image(NEWEST).initializer(floats("c", 4, 1)).node(operator, List.of("x", "c"), "y")));
        }
        for (String operator : List.of("And", "Or", "Xor")) {
            cases.add(of(
                    operator,
                    image(NEWEST)
                            .initializer(floats("c", 4, 1))
                            .initializer(OnnxTensor.float32("zero", List.of(), 0))
                            .node("Less", List.of("x", "c"), "l")
                            .node("Greater", List.of("x", "zero"), "g")
                            .node("Not", List.of("g"), "n")
                            .node(operator, List.of("l", "n"), "y")));
        }
        cases.add(of(
                "Where",
                image(NEWEST)
                        .initializer(floats("c", 3, 1, 1))
                        .initializer(OnnxTensor.float32("zero", List.of(1), 0))
                        .node("Less", List.of("x", "zero"), "l")
                        .node("Where", List.of("l", "c", "x"), "y")));
    }

    private static void wholeNumbers(List<Case> cases) {
        for (ElementType type : List.of(
                ElementType.INT8,
                ElementType.UINT8,
                ElementType.INT32,
                ElementType.INT64,
                ElementType.UINT32,
                ElementType.UINT64)) {
            boolean isSigned = !type.name().startsWith("U");
            float[] left = isSigned ? new float[] {7, -7, 100, -128, 0, 90} : new float[] {7, 200, 100, 255, 0, 90};
            float[] right = isSigned ? new float[] {3, 3, -7, -1, 5, 90} : new float[] {3, 3, 7, 1, 5, 90};
            for (String operator : List.of("Add", "Sub", "Mul", "Div", "Mod", "Equal", "Less", "Greater")) {
                cases.add(onIntegers(operator, type, left, right, Map.of()));
            }
            if (isSigned) {
                cases.add(onIntegers("Mod", type, left, right, Map.of("fmod", integer(1))));
            } else {
                float[] distances = {0, 1, 3, 7, 5, 2};
                cases.add(onIntegers("BitShift", type, left, distances, Map.of("direction", text("LEFT"))));
                cases.add(onIntegers("BitShift", type, left, distances, Map.of("direction", text("RIGHT"))));
            }
            for (String operator : List.of("BitwiseAnd", "BitwiseOr", "BitwiseXor", "Max", "Min")) {
                cases.add(onIntegers(operator, type, left, right, Map.of()));
            }
            for (String operator : List.of("BitwiseNot", "Abs", "Sign")) {
                cases.add(onIntegers(operator, type, left, Map.of()));
            }
        }
        for (ElementType type : List.of(ElementType.INT32, ElementType.UINT32)) {
            cases.add(sampled(
                    "BitCast to " + type,
                    builder(26, 3)
                            .node("BitCast", List.of("x"), "b", to(type))
                            .node("BitCast", List.of("b"), "f", to(ElementType.FLOAT32))
                            .node("Cast", List.of("b"), "n", to(ElementType.FLOAT32))
                            .node("Add", List.of("f", "n"), "y"),
                    Map.of("x", OnnxTensor.float32("x", List.of(3), 1, -2, 0.5f))));
        }
        for (ElementType type : List.of(ElementType.INT32, ElementType.INT64)) {
            cases.add(onIntegers(
                    "Pow", type, new float[] {2, -3, 5, 0, 1, -1}, new float[] {5, 3, 2, 3, 9, 7}, Map.of()));
            cases.add(onIntegers("Neg", type, new float[] {3, -4, 0}, Map.of()));
            cases.add(onIntegers("CumSum", type, 1));
        }
        for (int flags = 0; flags < 4; flags++) {
            cases.add(of(
                    "CumSum " + flags,
                    image(NEWEST)
                            .initializer(OnnxTensor.int64("a", List.of(), -2))
                            .node(
                                    "CumSum",
                                    List.of("x", "a"),
                                    "y",
                                    Map.of("exclusive", integer(flags & 1), "reverse", integer(flags >> 1)))));
            cases.add(of(
                    "CumProd " + flags,
                    image(26)
                            .initializer(OnnxTensor.int64("a", List.of(), -1))
                            .node(
                                    "CumProd",
                                    List.of("x", "a"),
                                    "y",
                                    Map.of("exclusive", integer(flags & 1), "reverse", integer(flags >> 1)))));
        }
    }

    private static void casts(List<Case> cases) {
        float[] values = {0, -1.75f, 1.75f, 3.1415927f, 100.5f, -100.5f, 0.1f, 77777.7f};
        for (ElementType type : List.of(
                ElementType.BOOL,
                ElementType.INT8,
                ElementType.UINT8,
                ElementType.INT16,
                ElementType.UINT16,
                ElementType.INT32,
                ElementType.INT64,
                ElementType.FLOAT16,
                ElementType.FLOAT64)) {
            cases.add(sampled(
                    "Cast to " + type + " and back",
                    builder(NEWEST, values.length)
                            .node("Cast", List.of("x"), "i", to(type))
                            .node("Cast", List.of("i"), "y", to(ElementType.FLOAT32)),
                    Map.of("x", OnnxTensor.float32("x", List.of(values.length), values))));
        }
        cases.add(of("CastLike", image(NEWEST).integers("c", 1).node("CastLike", List.of("x", "c"), "y")));
    }

    private static void reductions(List<Case> cases) {
        for (String operator : List.of(
                "ReduceSum",
                "ReduceMean",
                "ReduceMax",
                "ReduceMin",
                "ReduceProd",
                "ReduceL1",
                "ReduceL2",
                "ReduceLogSum",
                "ReduceLogSumExp",
                "ReduceSumSquare")) {
            cases.add(of(operator + " of all", image(NEWEST).node(operator, List.of("x"), "y")));
            cases.add(of(
                    operator + " of opset 11",
                    image(11)
                            .node(
                                    operator,
                                    List.of("x"),
                                    "y",
                                    Map.of("axes", integers(-3, 2), "keepdims", integer(0)))));
            cases.add(of(
                    operator + " over an input of axes",
                    image(NEWEST).integers("a", 1, -1).node(operator, List.of("x", "a"), "y")));
            cases.add(of(
                    operator + " that keeps all",
                    image(NEWEST).node(operator, List.of("x"), "y", Map.of("noop_with_empty_axes", integer(1)))));
        }
        cases.add(of(
                "ReduceMax of conditions",
                image(NEWEST)
                        .initializer(OnnxTensor.float32("zero", List.of(), 0.9f))
                        .node("Greater", List.of("x", "zero"), "g")
                        .integers("a", 1, -1)
                        .node("ReduceMax", List.of("g", "a"), "y")));
        cases.add(sampled(
                "ReduceLogSumExp of large numbers",
                builder(NEWEST, 3).node("ReduceLogSumExp", List.of("x"), "y"),
                Map.of("x", OnnxTensor.float32("x", List.of(3), 500, 501, -500))));
        cases.add(sampled(
                "ReduceLogSumExp of nothing but infinities",
                builder(NEWEST, 2).node("ReduceLogSumExp", List.of("x"), "y"),
                Map.of("x", OnnxTensor.float32("x", List.of(2), Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY))));
    }

    private static void choices(List<Case> cases) {
        for (String operator : List.of("ArgMax", "ArgMin")) {
            for (int axis : List.of(0, 1, -1)) {
                cases.add(of(
                        operator + " axis " + axis,
                        image(NEWEST)
                                .node("Round", List.of("x"), "r")
                                .node(operator, List.of("r"), "y", Map.of("axis", integer(axis)))));
                cases.add(of(
                        operator + " axis " + axis + ", the last one",
                        image(NEWEST)
                                .node("Round", List.of("x"), "r")
                                .node(
                                        operator,
                                        List.of("r"),
                                        "y",
                                        Map.of(
                                                "axis", integer(axis),
                                                "select_last_index", integer(1),
                                                "keepdims", integer(0)))));
            }
        }
        for (int axis : List.of(1, -1)) {
            for (int largest = 0; largest < 2; largest++) {
                cases.add(of(
                        "TopK axis " + axis + ", largest " + largest,
                        image(NEWEST)
                                .integers("k", 2)
                                .node(new OnnxNode(
                                        "t",
                                        "",
                                        "TopK",
                                        List.of("x", "k"),
                                        List.of("y", "i"),
                                        Map.of("axis", integer(axis), "largest", integer(largest))))
                                .output("i")));
            }
        }
        cases.add(of(
                "TopK of opset 9",
                image(9).node(new OnnxNode(
                        "t", "", "TopK", List.of("x"), List.of("y", "i"), Map.of("k", integer(3))))));
    }

    /** More axes than kernels broadcast. */
    private static void ranks(List<Case> cases) {
        for (String operator : List.of("Add", "Sub", "Less", "Pow", "Max")) {
            cases.add(of(
                    operator + " of seven axes, collapsed",
                    seven().initializer(floats("c", 2, 1, 1, 1)).node(operator, List.of("x", "c"), "y")));
            cases.add(of(
                    operator + " of seven axes, every other one",
                    seven().initializer(floats("c", 2, 1, 2, 1, 2, 1)).node(operator, List.of("x", "c"), "y")));
        }
        cases.add(of(
                "Add of a scalar",
                OnnxGraphBuilder.named("scalar")
                        .opset(NEWEST)
                        .input("x", OnnxGraphBuilder.fixed())
                        .initializer(floats("c"))
                        .node("Add", List.of("x", "c"), "y")));
    }

    private static Case single(String operator, Map<String, AttributeValue> attributes) {
        return of(operator + attributes.keySet(), image(NEWEST).node(operator, List.of("x"), "y", attributes));
    }

    private static Case atEdges(String operator, Map<String, AttributeValue> attributes) {
        return sampled(
                operator + " at the edges",
                builder(NEWEST, EDGES.length).node(operator, List.of("x"), "y", attributes),
                Map.of("x", OnnxTensor.float32("x", List.of(EDGES.length), EDGES)));
    }

    private static Case onIntegers(
            String operator, ElementType type, float[] left, float[] right, Map<String, AttributeValue> attributes) {
        OnnxGraphBuilder builder = builder(NEWEST, left.length)
                .input("z", OnnxGraphBuilder.fixed(right.length))
                .node("Cast", List.of("x"), "a", to(type))
                .node("Cast", List.of("z"), "b", to(type))
                .node(operator, List.of("a", "b"), "r", attributes)
                .node("Cast", List.of("r"), "y", to(ElementType.INT64));
        return sampled(
                operator + attributes.keySet() + " of " + type,
                builder,
                Map.of(
                        "x", OnnxTensor.float32("x", List.of(left.length), left),
                        "z", OnnxTensor.float32("z", List.of(right.length), right)));
    }

    private static Case onIntegers(
            String operator, ElementType type, float[] values, Map<String, AttributeValue> attributes) {
        return sampled(
                operator + " of " + type,
                builder(NEWEST, values.length)
                        .node("Cast", List.of("x"), "a", to(type))
                        .node(operator, List.of("a"), "r", attributes)
                        .node("Cast", List.of("r"), "y", to(ElementType.INT64)),
                Map.of("x", OnnxTensor.float32("x", List.of(values.length), values)));
    }

    /** An operator that takes an axis as an input. */
    private static Case onIntegers(String operator, ElementType type, int axis) {
        return of(
                operator + " of " + type,
                image(NEWEST)
                        .initializer(OnnxTensor.int64("axis", List.of(), axis))
                        .initializer(OnnxTensor.float32("scale", List.of(), 100))
                        .node("Mul", List.of("x", "scale"), "s")
                        .node("Cast", List.of("s"), "a", to(type))
                        .node(operator, List.of("a", "axis"), "y"));
    }

    private static Map<String, AttributeValue> to(ElementType type) {
        return Map.of("to", integer(type.code()));
    }

    private static Case of(String name, OnnxGraphBuilder builder) {
        return sampled(name, builder, Map.of());
    }

    private static Case sampled(String name, OnnxGraphBuilder builder, Map<String, OnnxTensor> sample) {
        OnnxModel model = builder.output("y").build();
        Map<String, Long> opsets = Map.of("", model.opset(), "com.microsoft", 1L);
        OnnxModel declared = new OnnxModel(
                model.irVersion(),
                opsets,
                model.producer(),
                model.producerVersion(),
                model.description(),
                model.graph(),
                model.metadata());
        return new Case(name, declared, sample);
    }

    private static OnnxGraphBuilder builder(long opset, int length) {
        return OnnxGraphBuilder.named("case").opset(opset).input("x", OnnxGraphBuilder.fixed(length));
    }

    private static OnnxGraphBuilder image(long opset) {
        return OnnxGraphBuilder.named("case").opset(opset).input("x", OnnxGraphBuilder.batch("N", 3, 4, 5));
    }

    private static OnnxGraphBuilder contributed(String operator, List<String> inputs) {
        return image(NEWEST).node(new OnnxNode("c", "com.microsoft", operator, inputs, List.of("y"), Map.of()));
    }

    private static OnnxGraphBuilder seven() {
        List<Dimension> shape = OnnxGraphBuilder.batch("N", 1, 3, 2, 2, 2, 3);
        return OnnxGraphBuilder.named("seven").opset(NEWEST).input("x", shape);
    }

    /** Positive numbers. */
    private static OnnxTensor floats(String name, Integer... shape) {
        int size = List.of(shape).stream().reduce(1, Math::multiplyExact);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = 0.5f + i % 7 / 8f;
        }
        return OnnxTensor.float32(name, List.of(shape), values);
    }
}
