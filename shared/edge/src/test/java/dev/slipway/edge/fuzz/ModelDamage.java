package dev.slipway.edge.fuzz;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.OnnxWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Makes of good models others that are odd, wrong or no models at all. */
final class ModelDamage {
    private static final int MOST_CHANGES = 4;
    private static final long NEWEST_OPSET = 27;

    private final List<OnnxModel> seeds;
    private final GraphDamage graphs;

    ModelDamage(List<OnnxModel> seeds) {
        this.seeds = List.copyOf(seeds);
        this.graphs = new GraphDamage(seeds);
    }

    /** A file that is still built like a model. */
    byte[] model(Chance chance) {
        while (true) {
            OnnxModel model = chance.one(6) ? chained(chance.of(seeds), chance.of(seeds), chance) : chance.of(seeds);
            int changes = 1 + (chance.one(2) ? 0 : chance.below(MOST_CHANGES));
            try {
                for (int i = 0; i < changes; i++) {
                    model = changed(model, chance);
                }
                return OnnxWriter.write(model);
            } catch (SlipwayException e) {
                // Not even a file can be made of it, so another one is.
                chance.below(2);
            }
        }
    }

    /** A good model. */
    byte[] seed(Chance chance) {
        return OnnxWriter.write(chance.of(seeds));
    }

    /** A file whose bytes were tampered with. */
    byte[] bytes(Chance chance) {
        byte[] file = chance.one(2) ? OnnxWriter.write(chance.of(seeds)) : model(chance);
        if (file.length == 0) {
            return file;
        }
        switch (chance.below(4)) {
            case 0 -> {
                return Arrays.copyOf(file, chance.below(file.length));
            }
            case 1 -> {
                byte[] other = OnnxWriter.write(chance.of(seeds));
                int cut = chance.below(file.length);
                int rest = chance.below(other.length);
                byte[] spliced = Arrays.copyOf(file, cut + other.length - rest);
                System.arraycopy(other, rest, spliced, cut, other.length - rest);
                return spliced;
            }
            default -> {
                for (int i = chance.below(6); i >= 0; i--) {
                    file[chance.below(file.length)] = (byte) (chance.one(2) ? chance.integer(0) : chance.below(256));
                }
                return file;
            }
        }
    }

    private OnnxModel changed(OnnxModel model, Chance chance) {
        if (chance.one(15)) {
            long opset = chance.one(4) ? chance.integer(model.opset()) : 1 + chance.below((int) NEWEST_OPSET);
            return model.withOpset("", opset);
        }
        if (chance.one(60)) {
            return new OnnxModel(chance.integer(10), model.opsets(), "", "", "", model.graph(), model.metadata());
        }
        if (chance.one(25) && !model.graph().inputs().isEmpty()) {
            return renamed(model, chance);
        }
        return model.withGraph(graphs.apply(model.graph(), chance));
    }

    /** An input with another name, everywhere. */
    private static OnnxModel renamed(OnnxModel model, Chance chance) {
        String old = chance.of(model.graph().inputs()).name();
        String other = chance.name();
        return model.withGraph(renamed(model.graph(), name -> name.equals(old) ? other : name));
    }

    /** Two models in a row: the first one's first output is the other's first input. */
    private static OnnxModel chained(OnnxModel first, OnnxModel second, Chance chance) {
        OnnxGraph head = first.graph();
        OnnxGraph tail = renamed(second.graph(), name -> name.isEmpty() ? name : "tail_" + name);
        if (head.outputs().isEmpty() || tail.inputs().isEmpty()) {
            return first;
        }
        String joint = head.outputs().get(0).name();
        String met = chance.of(tail.inputs()).name();
        OnnxGraph joined = renamed(tail, name -> name.equals(met) ? joint : name);
        Map<String, Long> opsets = new java.util.HashMap<>(second.opsets());
        opsets.putAll(first.opsets());
        opsets.merge("", second.opset(), Math::max);
        OnnxGraph graph = new OnnxGraph(
                "chain",
                together(head.nodes(), joined.nodes()),
                together(head.initializers(), joined.initializers()),
                together(
                        head.inputs(),
                        joined.inputs().stream()
                                .filter(input -> !input.name().equals(joint))
                                .toList()),
                chance.one(3) ? together(head.outputs(), joined.outputs()) : joined.outputs(),
                List.of());
        return new OnnxModel(first.irVersion(), opsets, "", "", "", graph, Map.of());
    }

    private static <T> List<T> together(List<T> some, List<T> others) {
        List<T> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static OnnxGraph renamed(OnnxGraph graph, UnaryOperator<String> names) {
        return new OnnxGraph(
                graph.name(),
                graph.nodes().stream().map(node -> renamed(node, names)).toList(),
                graph.initializers().stream()
                        .map(tensor -> tensor.withName(names.apply(tensor.name())))
                        .toList(),
                values(graph.inputs(), names),
                values(graph.outputs(), names),
                List.of());
    }

    private static List<OnnxValue> values(List<OnnxValue> values, UnaryOperator<String> names) {
        return values.stream()
                .map(value -> new OnnxValue(names.apply(value.name()), value.type()))
                .toList();
    }

    private static OnnxNode renamed(OnnxNode node, UnaryOperator<String> names) {
        Map<String, AttributeValue> attributes = new java.util.HashMap<>(node.attributes());
        attributes.replaceAll((name, value) -> value instanceof AttributeValue.GraphValue body
                ? new AttributeValue.GraphValue(renamed(body.value(), names))
                : value);
        return node.withInputs(node.inputs().stream().map(names).toList())
                .withOutputs(node.outputs().stream().map(names).toList())
                .withAttributes(attributes);
    }
}
