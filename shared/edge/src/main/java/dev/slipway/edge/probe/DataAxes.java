package dev.slipway.edge.probe;

import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Which axes of a node's output have a length that data determines, where the operator's definition pins the others. */
final class DataAxes {
    // Whoever resizes at run time resizes pictures, not the number of them or their channels.
    private static final int RESIZED_FROM = 2;

    private final Map<String, List<Integer>> shapes;
    private final Map<String, OnnxTensor> constants;

    /**
     * @param shapes of all values in one run
     * @param constants values that are the same in every run
     */
    DataAxes(Map<String, List<Integer>> shapes, Map<String, OnnxTensor> constants) {
        this.shapes = shapes;
        this.constants = constants;
    }

    Set<Integer> of(OnnxNode node, int output) {
        int rank = shapes.get(node.outputs().get(output)).size();
        if (!node.domain().isEmpty()) {
            return all(rank);
        }
        return switch (node.operator()) {
            case "TopK", "OneHot" -> Set.of(Math.floorMod(node.integer("axis").orElse(-1L), Math.max(rank, 1)));
            case "Split" -> Set.of(Math.floorMod(node.integer("axis").orElse(0L), Math.max(rank, 1)));
            case "Compress" ->
                Set.of(node.integer("axis")
                        .map(axis -> Math.floorMod(axis, rank))
                        .orElse(0));
            case "Unique" ->
                Set.of(
                        output == 0
                                ? node.integer("axis")
                                        .map(axis -> Math.floorMod(axis, rank))
                                        .orElse(0)
                                : 0);
            case "NonZero" -> Set.of(1);
            case "NonMaxSuppression" -> Set.of(0);
            case "Slice" -> listed(node, 3, rank);
            case "Pad" -> listed(node, 3, rank);
            case "CenterCropPad" ->
                node.integers("axes").map(axes -> axes(axes, rank)).orElse(all(rank));
            case "Resize", "Upsample" -> resized(node, rank);
            case "Expand" -> expanded(node, rank);
            case "AffineGrid" -> range(1, rank - 1);
            case "Col2Im" -> range(1, rank);
            default -> all(rank);
        };
    }

    /** The axes that input {@code index} names, all if there is none or it is data. */
    private Set<Integer> listed(OnnxNode node, int index, int rank) {
        return node.input(index)
                .map(constants::get)
                .map(tensor -> axes(Arrays.stream(tensor.longs()).boxed().toList(), rank))
                .orElse(all(rank));
    }

    private Set<Integer> resized(OnnxNode node, int rank) {
        Optional<List<Long>> axes = node.integers("axes");
        if (axes.isPresent()) {
            return axes(axes.get(), rank);
        }
        List<Integer> before = shapes.get(node.inputs().get(0));
        List<Integer> after = shapes.get(node.outputs().get(0));
        boolean pictures =
                rank > RESIZED_FROM && before.subList(0, RESIZED_FROM).equals(after.subList(0, RESIZED_FROM));
        return range(pictures ? RESIZED_FROM : 0, rank);
    }

    /** An axis that is longer than 1 stays as long as it is. */
    private Set<Integer> expanded(OnnxNode node, int rank) {
        List<Integer> before = shapes.get(node.inputs().get(0));
        Set<Integer> open = new HashSet<>(all(rank));
        int shift = rank - before.size();
        for (int axis = 0; axis < before.size(); axis++) {
            if (before.get(axis) > 1) {
                open.remove(axis + shift);
            }
        }
        return open;
    }

    private static Set<Integer> axes(List<Long> given, int rank) {
        Set<Integer> axes = new HashSet<>();
        given.forEach(axis -> axes.add(Math.floorMod(axis, Math.max(rank, 1))));
        return axes;
    }

    static Set<Integer> all(int rank) {
        return range(0, rank);
    }

    private static Set<Integer> range(int from, int to) {
        return new HashSet<>(IntStream.range(from, Math.max(from, to)).boxed().toList());
    }

    /** The causes of one value, none yet. */
    static List<Set<String>> none(int rank) {
        List<Set<String>> causes = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            causes.add(new HashSet<>());
        }
        return causes;
    }
}
