package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * ONNX Runtime lacks kernels for small and unsigned integers of some operators: these compute in a wider type that has
 * one and holds the same numbers.
 */
final class WiderTypes implements NodeRule {
    private static final ElementType INT8 = ElementType.INT8;
    private static final ElementType UINT8 = ElementType.UINT8;
    private static final ElementType INT16 = ElementType.INT16;
    private static final ElementType UINT16 = ElementType.UINT16;
    private static final ElementType INT32 = ElementType.INT32;
    private static final ElementType UINT32 = ElementType.UINT32;
    private static final ElementType INT64 = ElementType.INT64;

    private static final Map<ElementType, ElementType> SHORTS = Map.of(INT16, INT32, UINT16, INT32);
    private static final Map<ElementType, ElementType> SMALL =
            Map.of(INT8, INT32, UINT8, INT32, INT16, INT32, UINT16, INT32, UINT32, INT64);
    private static final Map<ElementType, ElementType> HALVES =
            Map.of(ElementType.FLOAT16, ElementType.FLOAT32, ElementType.BFLOAT16, ElementType.FLOAT32);
    // Moving elements needs no more than their bits.
    private static final Map<ElementType, ElementType> MOVED = Map.of(
            INT8,
            INT32,
            INT16,
            INT32,
            UINT16,
            INT32,
            UINT32,
            INT64,
            ElementType.UINT64,
            INT64,
            ElementType.BOOL,
            UINT8);
    private static final Map<ElementType, ElementType> UNSIGNED = Map.of(UINT32, INT64);

    /**
     * What an operator computes in for types that it has no kernel for.
     *
     * @param inputs indexes of the inputs that are cast; {@link #ALL} for any number
     * @param back whether the first output is of the inputs' type
     */
    private record Widening(List<Integer> inputs, boolean back, Map<ElementType, ElementType> types) {}

    private static final List<Integer> ALL = List.of();
    private static final List<Integer> FIRST = List.of(0);

    private static final Map<String, Widening> WIDENINGS = Map.ofEntries(
            Map.entry("Max", new Widening(ALL, true, SHORTS)),
            Map.entry("Min", new Widening(ALL, true, SHORTS)),
            Map.entry("Clip", new Widening(ALL, true, SHORTS)),
            Map.entry("Relu", new Widening(FIRST, true, Map.of(INT16, INT32))),
            Map.entry("BitShift", new Widening(ALL, true, Map.of(UINT16, UINT32))),
            Map.entry("Celu", new Widening(FIRST, true, HALVES)),
            Map.entry("Where", new Widening(List.of(1, 2), true, MOVED)),
            Map.entry("Trilu", new Widening(FIRST, true, without(MOVED, ElementType.BOOL))),
            Map.entry("Pad", new Widening(List.of(0, 2), true, SHORTS)),
            Map.entry("CumSum", new Widening(FIRST, true, UNSIGNED)),
            Map.entry("ReduceMax", new Widening(FIRST, true, UNSIGNED)),
            Map.entry("ReduceMin", new Widening(FIRST, true, UNSIGNED)),
            Map.entry("ReduceSum", new Widening(FIRST, true, UNSIGNED)),
            Map.entry("ReduceProd", new Widening(FIRST, true, UNSIGNED)),
            Map.entry("ReduceL1", new Widening(FIRST, true, UNSIGNED)),
            Map.entry("ReduceSumSquare", new Widening(FIRST, true, UNSIGNED)),
            Map.entry("ArgMax", new Widening(FIRST, false, without(SMALL, INT8, UINT8))),
            Map.entry("ArgMin", new Widening(FIRST, false, without(SMALL, INT8, UINT8))),
            Map.entry("NonZero", new Widening(FIRST, false, without(SMALL, UINT8))));

    // The exponent has a type of its own; numbers that float64 rounds are too large for anything but 0, 1 and infinity.
    private static final Map<ElementType, ElementType> EXPONENTS = Map.of(
            INT8,
            INT32,
            UINT8,
            INT32,
            INT16,
            INT32,
            UINT16,
            INT32,
            UINT32,
            INT64,
            ElementType.UINT64,
            ElementType.FLOAT64);

    @Override
    public boolean concerns(String operator) {
        return operator.equals("Pow") || WIDENINGS.containsKey(operator);
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        if (node.operator().equals("Pow")) {
            List<OnnxNode> base = widened(node, new Widening(FIRST, true, SMALL), context);
            return base.stream()
                    .flatMap(part -> part.operator().equals("Pow")
                            ? widened(part, new Widening(List.of(1), false, EXPONENTS), context).stream()
                            : Stream.of(part))
                    .toList();
        }
        return widened(node, WIDENINGS.get(node.operator()), context);
    }

    private static List<OnnxNode> widened(OnnxNode node, Widening widening, UpgradeContext context) {
        List<Integer> cast = widening.inputs().isEmpty()
                ? IntStream.range(0, node.inputs().size()).boxed().toList()
                : widening.inputs();
        Optional<ElementType> type = typeOf(node, cast, widening, context);
        ElementType wider = type.map(widening.types()::get).orElse(null);
        if (wider == null) {
            return List.of(node);
        }
        List<OnnxNode> nodes = new ArrayList<>();
        List<String> inputs = new ArrayList<>(node.inputs());
        for (int index : cast) {
            if (node.input(index).isPresent()) {
                OnnxNode input = context.node("Cast", List.of(inputs.get(index)), inputs.get(index), to(wider));
                nodes.add(input);
                inputs.set(index, input.outputs().get(0));
            }
        }
        OnnxNode wide = node.withInputs(inputs);
        if (!widening.back()) {
            nodes.add(wide);
            return nodes;
        }
        String result = node.outputs().get(0);
        String made = context.fresh(result + "_wide");
        nodes.add(wide.withOutputs(List.of(made)));
        nodes.add(new OnnxNode("", "", "Cast", List.of(made), List.of(result), to(type.get())));
        return nodes;
    }

    /** The type that the inputs and, where it is the same, the output share. */
    private static Optional<ElementType> typeOf(
            OnnxNode node, List<Integer> cast, Widening widening, UpgradeContext context) {
        List<String> names = new ArrayList<>();
        cast.forEach(index -> node.input(index).ifPresent(names::add));
        if (widening.back()) {
            names.add(node.outputs().get(0));
        }
        return names.stream().flatMap(name -> context.type(name).stream()).findFirst();
    }

    private static Map<String, AttributeValue> to(ElementType type) {
        return Map.of("to", AttributeValue.integer(type.code()));
    }

    private static Map<ElementType, ElementType> without(Map<ElementType, ElementType> types, ElementType... others) {
        Map<ElementType, ElementType> rest = new EnumMap<>(types);
        rest.keySet().removeAll(Set.of(others));
        return Map.copyOf(rest);
    }
}
