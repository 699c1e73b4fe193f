package dev.slipway.edge.probe;

import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the integers mean that a model takes, as far as it shows: numbers of rows in constant tables, such as those of
 * words, make sense up to the number of rows, beyond which ONNX Runtime fails; others are compared with numbers, such as
 * rates, on which it depends what is computed.
 */
final class IntegerMeanings {
    /** Where a table has an unknown length, only its first rows are safe to ask for. */
    private static final int UNKNOWN_TABLE = 2;

    private static final Set<String> KEEPING_ELEMENTS = Set.of(
            "Identity",
            "Cast",
            "Clip",
            "Reshape",
            "Squeeze",
            "Unsqueeze",
            "Flatten",
            "Transpose",
            "Expand",
            "Tile",
            "Slice",
            "Split",
            "Concat",
            "Gather");
    private static final Set<String> KEEPING_SHAPE = Set.of("Identity", "Cast", "DequantizeLinear");

    private final Map<String, OnnxTensor> constants = new HashMap<>();
    /** Of constants and of what is computed from one element by element. */
    private final Map<String, List<Integer>> constantShapes = new HashMap<>();
    /** From each value to the inputs whose elements it has. */
    private final Map<String, Set<String>> origins = new HashMap<>();

    private final Map<String, Integer> bounds = new HashMap<>();
    private final Map<String, Set<Long>> compared = new HashMap<>();

    private IntegerMeanings() {}

    /** What the elements of an input must be below, if they index something. */
    Optional<Integer> bound(String input) {
        return Optional.ofNullable(bounds.get(input));
    }

    /** The numbers that an input's elements are compared with one by one. */
    List<Long> compared(String input) {
        return List.copyOf(compared.getOrDefault(input, Set.of()));
    }

    static IntegerMeanings of(OnnxModel model) {
        IntegerMeanings found = new IntegerMeanings();
        for (OnnxValue input : model.graph().requiredInputs()) {
            found.origins.put(input.name(), Set.of(input.name()));
        }
        found.follow(model.graph());
        return found;
    }

    private void follow(OnnxGraph graph) {
        graph.initializers().forEach(this::know);
        for (OnnxNode node : graph.nodes()) {
            node.bodies().forEach(this::follow);
            if (node.operator().equals("Constant")) {
                node.tensor("value")
                        .ifPresent(value -> know(value.withName(node.outputs().get(0))));
                continue;
            }
            bound(node);
            if (KEEPING_ELEMENTS.contains(node.operator())) {
                keepElements(node);
            }
            if (KEEPING_SHAPE.contains(node.operator())) {
                shape(node, 0)
                        .ifPresent(shape -> constantShapes.put(node.outputs().get(0), shape));
            }
        }
    }

    private void know(OnnxTensor tensor) {
        constants.put(tensor.name(), tensor);
        constantShapes.put(tensor.name(), tensor.shape());
    }

    private void keepElements(OnnxNode node) {
        int moved = node.operator().equals("Concat")
                ? node.inputs().size()
                : Math.min(1, node.inputs().size());
        Set<String> inputs = new HashSet<>();
        node.inputs().subList(0, moved).forEach(value -> inputs.addAll(origins.getOrDefault(value, Set.of())));
        if (!inputs.isEmpty()) {
            node.outputs().forEach(output -> origins.put(output, inputs));
        }
    }

    private void bound(OnnxNode node) {
        switch (node.operator()) {
            case "Gather", "GatherBlockQuantized" -> {
                int axis = node.integer(node.operator().equals("Gather") ? "axis" : "gather_axis")
                        .orElse(0L)
                        .intValue();
                bound(node, 1, length(node, 0, axis).orElse(UNKNOWN_TABLE));
            }
            case "OneHot" -> bound(node, 0, depth(node).orElse(UNKNOWN_TABLE));
            case "EmbedLayerNormalization" -> {
                bound(node, 0, length(node, 2, 0).orElse(UNKNOWN_TABLE));
                bound(node, 1, length(node, 4, 0).orElse(UNKNOWN_TABLE));
            }
            case "Equal" -> {
                compare(node, 0, 1);
                compare(node, 1, 0);
                enumerated(node, 1).ifPresent(length -> bound(node, 0, length));
                enumerated(node, 0).ifPresent(length -> bound(node, 1, length));
            }
            default -> {}
        }
    }

    private void bound(OnnxNode node, int index, int length) {
        node.input(index)
                .map(value -> origins.getOrDefault(value, Set.of()))
                .orElse(Set.of())
                .forEach(input -> bounds.merge(input, Math.max(1, length), Math::min));
    }

    private void compare(OnnxNode node, int index, int other) {
        Optional<Long> number = node.input(other)
                .map(constants::get)
                .filter(constant -> constant.size() == 1)
                .flatMap(IntegerMeanings::integers)
                .map(numbers -> numbers[0]);
        node.input(index)
                .map(value -> origins.getOrDefault(value, Set.of()))
                .orElse(Set.of())
                .forEach(input -> number.ifPresent(value ->
                        compared.computeIfAbsent(input, name -> new TreeSet<>()).add(value)));
    }

    private Optional<List<Integer>> shape(OnnxNode node, int index) {
        return node.input(index).map(constantShapes::get);
    }

    private Optional<Integer> length(OnnxNode node, int index, int axis) {
        return shape(node, index)
                .filter(shape -> axis >= -shape.size() && axis < shape.size())
                .map(shape -> shape.get(Math.floorMod(axis, shape.size())));
    }

    private Optional<Integer> depth(OnnxNode node) {
        return node.input(1)
                .map(constants::get)
                .filter(depth -> depth.size() == 1)
                .flatMap(IntegerMeanings::integers)
                .map(depth -> (int) Math.max(1, Math.min(Integer.MAX_VALUE, depth[0])));
    }

    /** How many numbers an input counts up from 0: to compare with them makes one-hot vectors. */
    private Optional<Integer> enumerated(OnnxNode node, int index) {
        return node.input(index)
                .map(constants::get)
                .filter(numbers -> numbers.size() > UNKNOWN_TABLE)
                .flatMap(IntegerMeanings::integers)
                .filter(IntegerMeanings::counts)
                .map(numbers -> numbers.length);
    }

    private static boolean counts(long[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != i) {
                return false;
            }
        }
        return true;
    }

    private static Optional<long[]> integers(OnnxTensor tensor) {
        return switch (tensor.type()) {
            case INT8, UINT8, INT16, UINT16, INT32, INT64 -> Optional.of(tensor.longs());
            default -> Optional.empty();
        };
    }
}
