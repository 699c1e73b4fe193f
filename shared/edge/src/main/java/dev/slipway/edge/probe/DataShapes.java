package dev.slipway.edge.probe;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which axes have lengths that depend on the elements of the inputs. A node where data determines a shape is a source:
 * its outputs' lengths are open, and what follows them is run again with those outputs replaced by inputs of other
 * lengths, one after another. What can't be run at any other length is taken for open altogether.
 */
final class DataShapes {
    /** So many other lengths show what follows from a length, one of them far off. */
    private static final int RUNS = 2;

    private final OnnxModel model;
    private final Snapshot base;
    private final Set<OnnxNode> sources;
    private final Map<String, List<Set<String>>> causes = new HashMap<>();
    private final List<LengthGroup> groups = new ArrayList<>();
    // Every node that may see a length which data determines.
    private final List<OnnxNode> followers = new ArrayList<>();

    private DataShapes(OnnxModel model, Snapshot base, Set<OnnxNode> sources) {
        this.model = model;
        this.base = base;
        this.sources = sources;
    }

    /**
     * What each axis depends on beside the lengths of the inputs: a set for each axis of each value that is concerned.
     *
     * @param base the values of one run
     */
    static Map<String, List<Set<String>>> of(OnnxModel model, DataFlow flow, Snapshot base) {
        if (flow.sources().isEmpty()) {
            return Map.of();
        }
        DataShapes shapes = new DataShapes(model, base, flow.sources());
        shapes.open(flow);
        if (!shapes.followers.isEmpty()) {
            shapes.follow();
        }
        shapes.checkRanks();
        return shapes.causes;
    }

    /** Opens the sources' own axes. */
    private void open(DataFlow flow) {
        Map<String, OnnxTensor> constants = new HashMap<>(model.graph().constants());
        base.elements().forEach((name, tensor) -> {
            if (!flow.isData(name)) {
                constants.put(name, tensor);
            }
        });
        DataAxes axes = new DataAxes(base.shapes(), constants);
        Set<String> concerned = new HashSet<>();
        for (OnnxNode node : model.graph().nodes()) {
            boolean follows = NodeReads.of(node).stream().anyMatch(concerned::contains);
            if (follows) {
                followers.add(node);
            }
            for (int i = 0; i < node.outputs().size(); i++) {
                String output = node.outputs().get(i);
                boolean opened = sources.contains(node) && base.has(output) && open(node, i, follows, axes);
                if (follows || opened) {
                    concerned.add(output);
                }
            }
        }
    }

    private boolean open(OnnxNode node, int output, boolean follows, DataAxes axes) {
        String value = node.outputs().get(output);
        List<Integer> shape = base.shapes().get(value);
        Set<Integer> open = follows ? DataAxes.all(shape.size()) : axes.of(node, output);
        for (int axis : open) {
            group(node, shape.get(axis)).axes().add(new LengthGroup.Axis(value, axis));
            add(value, axis, Set.of(cause(node)));
        }
        return !open.isEmpty();
    }

    private LengthGroup group(OnnxNode node, int length) {
        for (LengthGroup group : groups) {
            if (group.length() == length && group.cause().equals(cause(node))) {
                return group;
            }
        }
        LengthGroup group = new LengthGroup(cause(node), length, new LinkedHashSet<>());
        groups.add(group);
        return group;
    }

    static String cause(OnnxNode node) {
        return "data of " + node.label();
    }

    private void follow() {
        Set<String> cut = new LinkedHashSet<>();
        groups.forEach(group -> group.axes().forEach(axis -> cut.add(axis.value())));
        try (FollowerRuns runs = FollowerRuns.open(model, followers, cut, base)) {
            for (LengthGroup group : groups) {
                if (!vary(runs, List.of(group)) && !vary(runs, alike(group))) {
                    openAllBehind(group);
                }
            }
        }
    }

    /** Groups that may have to change together, such as two selections that are added. */
    private List<LengthGroup> alike(LengthGroup group) {
        return groups.stream().filter(other -> other.length() == group.length()).toList();
    }

    /**
     * Whether the followers could be run at another length of the groups. A length of 1 alone does not count, since it
     * fits everywhere where it can be broadcast.
     */
    private boolean vary(FollowerRuns runs, List<LengthGroup> varied) {
        Set<String> names = new HashSet<>();
        varied.forEach(group -> names.add(group.cause()));
        Set<Integer> possible = new HashSet<>();
        for (int length : varied.get(0).candidates()) {
            if (possible.size() < RUNS) {
                Map<String, List<Integer>> shapes = new LinkedHashMap<>();
                varied.forEach(group -> group.axes().forEach(axis -> shapes.computeIfAbsent(
                                axis.value(),
                                value -> new ArrayList<>(base.shapes().get(value)))
                        .set(axis.axis(), length)));
                Map<String, List<Integer>> found = runs.shapes(shapes).orElse(null);
                if (found != null) {
                    found.forEach((value, shape) -> compare(value, shape, names));
                    possible.add(length);
                }
            }
        }
        return possible.stream().anyMatch(length -> length > 1);
    }

    private void compare(String value, List<Integer> shape, Set<String> names) {
        List<Integer> before = base.shapes().get(value);
        if (shape.size() != before.size()) {
            throw rankDepends(value);
        }
        for (int axis = 0; axis < shape.size(); axis++) {
            if (!shape.get(axis).equals(before.get(axis))) {
                add(value, axis, names);
            }
        }
    }

    /** Nothing is known of what the group's lengths lead to. */
    private void openAllBehind(LengthGroup group) {
        Set<String> concerned = new HashSet<>();
        group.axes().forEach(axis -> concerned.add(axis.value()));
        for (OnnxNode node : followers) {
            if (NodeReads.of(node).stream().anyMatch(concerned::contains)) {
                for (String output : node.outputs()) {
                    concerned.add(output);
                    int rank = base.has(output) ? base.shapes().get(output).size() : 0;
                    for (int axis = 0; axis < rank; axis++) {
                        add(output, axis, Set.of(group.cause()));
                    }
                }
            }
        }
    }

    private void add(String value, int axis, Set<String> names) {
        causes.computeIfAbsent(
                        value, key -> DataAxes.none(base.shapes().get(key).size()))
                .get(axis)
                .addAll(names);
    }

    /** A vector of open length that says how many axes there are leaves even their number open. */
    private void checkRanks() {
        for (OnnxNode node : model.graph().nodes()) {
            for (int index : RankInputs.of(node)) {
                node.input(index).map(causes::get).ifPresent(lengths -> {
                    if (lengths.stream().anyMatch(axis -> !axis.isEmpty())) {
                        throw rankDepends(node.outputs().get(0));
                    }
                });
            }
        }
    }

    private static SlipwayException rankDepends(String value) {
        return SlipwayException.unsupported(
                "edge.data-rank",
                "How many axes value '" + value + "' has depends on the elements of the model's inputs, which TFLite"
                        + " can't express; make the input that determines it a constant.");
    }
}
