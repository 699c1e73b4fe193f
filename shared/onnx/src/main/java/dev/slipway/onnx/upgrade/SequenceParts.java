package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Sequences and optional values whose parts are known without running the model, such as exporters make for splits and
 * lists: whoever takes a part takes the tensor itself.
 */
final class SequenceParts implements NodeRule {
    /** Nodes that nobody needs where all their parts are taken one by one. */
    static final Set<String> MAKERS = Set.of(
            "SplitToSequence", "SequenceConstruct", "SequenceEmpty", "SequenceInsert", "SequenceErase", "Optional");

    private static final Set<String> TAKERS =
            Set.of("SequenceAt", "SequenceLength", "ConcatFromSequence", "OptionalGetElement", "OptionalHasElement");

    private static final long OPSET_WITH_AXES_AS_INPUTS = 13;

    private final long opset;
    private final Map<String, List<String>> parts = new HashMap<>();
    // Splits into single places, of which there may be any number.
    private final Map<String, OnnxNode> singles = new HashMap<>();

    SequenceParts(long opset) {
        this.opset = opset;
    }

    @Override
    public boolean concerns(String operator) {
        return MAKERS.contains(operator) || TAKERS.contains(operator) || operator.equals("Identity");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        String output = node.outputs().get(0);
        return switch (node.operator()) {
            case "SplitToSequence" -> split(node, context);
            case "SequenceConstruct", "Optional" -> {
                parts.put(output, node.inputs());
                yield List.of(node);
            }
            case "SequenceEmpty" -> {
                parts.put(output, List.of());
                yield List.of(node);
            }
            case "SequenceInsert" -> inserted(node, context);
            case "SequenceErase" -> erased(node, context);
            case "Identity" -> {
                of(node).ifPresent(same -> parts.put(output, same));
                yield List.of(node);
            }
            case "ConcatFromSequence" ->
                of(node).map(known -> joined(node, known, context)).orElse(List.of(node));
            default -> taken(node, context).map(List::of).orElse(List.of(node));
        };
    }

    private Optional<List<String>> of(OnnxNode node) {
        return node.input(0).map(parts::get);
    }

    /** A split of lengths that are known makes its parts as tensors too. */
    private List<OnnxNode> split(OnnxNode node, UpgradeContext context) {
        String output = node.outputs().get(0);
        Optional<OnnxTensor> lengths = node.input(1).flatMap(context::constant);
        if (node.input(1).isEmpty()) {
            singles.put(output, node);
        }
        if (lengths.isEmpty() || lengths.get().shape().isEmpty()) {
            return List.of(node);
        }
        long[] each = lengths.get().longs();
        List<String> made = IntStream.range(0, each.length)
                .mapToObj(part -> context.fresh(output + "_part" + part))
                .toList();
        Map<String, AttributeValue> attributes = new HashMap<>(
                Map.of("axis", AttributeValue.integer(node.integer("axis").orElse(0L))));
        parts.put(output, made);
        if (opset < OPSET_WITH_AXES_AS_INPUTS) {
            attributes.put(
                    "split",
                    new AttributeValue.Integers(Arrays.stream(each).boxed().toList()));
            return List.of(node, new OnnxNode("", "", "Split", node.inputs().subList(0, 1), made, attributes));
        }
        OnnxNode vector = context.integers(output, each);
        return List.of(
                node,
                vector,
                new OnnxNode(
                        "",
                        "",
                        "Split",
                        List.of(node.inputs().get(0), vector.outputs().get(0)),
                        made,
                        attributes));
    }

    private List<OnnxNode> inserted(OnnxNode node, UpgradeContext context) {
        of(node).ifPresent(before -> place(node, 2, before.size(), before.size() + 1, context)
                .ifPresent(place -> {
                    List<String> more = new ArrayList<>(before);
                    more.add(place, node.inputs().get(1));
                    parts.put(node.outputs().get(0), more);
                }));
        return List.of(node);
    }

    private List<OnnxNode> erased(OnnxNode node, UpgradeContext context) {
        of(node).ifPresent(before -> place(node, 1, before.size() - 1, before.size(), context)
                .ifPresent(place -> {
                    List<String> fewer = new ArrayList<>(before);
                    fewer.remove((int) place);
                    parts.put(node.outputs().get(0), fewer);
                }));
        return List.of(node);
    }

    /** What gives the same as a node that takes from a sequence, without the sequence. */
    private Optional<OnnxNode> taken(OnnxNode node, UpgradeContext context) {
        if (node.operator().equals("SequenceAt")
                && node.input(0).map(singles::get).isPresent()) {
            return single(singles.get(node.inputs().get(0)), node, context);
        }
        return of(node).flatMap(known -> switch (node.operator()) {
            case "SequenceAt" ->
                place(node, 1, -1, known.size(), context)
                        .map(place -> replaced(node, "Identity", known.subList(place, place + 1), Map.of()));
            case "OptionalGetElement" ->
                known.isEmpty() ? Optional.empty() : Optional.of(replaced(node, "Identity", known, Map.of()));
            case "SequenceLength" -> Optional.of(constant(node, OnnxTensor.int64("", List.of(), known.size())));
            case "OptionalHasElement" -> {
                ByteBuffer truth = ByteBuffer.wrap(new byte[] {(byte) (known.isEmpty() ? 0 : 1)});
                yield Optional.of(constant(node, new OnnxTensor("", ElementType.BOOL, List.of(), truth)));
            }
            default -> Optional.empty();
        });
    }

    /** Parts one behind the other or, as they then need an axis for it first, beside each other. */
    private List<OnnxNode> joined(OnnxNode node, List<String> known, UpgradeContext context) {
        Optional<Long> axis = node.integer("axis");
        if (known.isEmpty() || axis.isEmpty()) {
            return List.of(node);
        }
        List<OnnxNode> nodes = new ArrayList<>();
        List<String> inputs = new ArrayList<>();
        for (String part : known) {
            if (node.integer("new_axis").orElse(0L) == 0) {
                inputs.add(part);
            } else if (opset < OPSET_WITH_AXES_AS_INPUTS) {
                nodes.add(context.node(
                        "Unsqueeze",
                        List.of(part),
                        part,
                        Map.of("axes", new AttributeValue.Integers(List.of(axis.get())))));
                inputs.add(nodes.get(nodes.size() - 1).outputs().get(0));
            } else {
                nodes.add(context.integers(part, axis.get()));
                String place = nodes.get(nodes.size() - 1).outputs().get(0);
                nodes.add(context.node("Unsqueeze", List.of(part, place), part, Map.of()));
                inputs.add(nodes.get(nodes.size() - 1).outputs().get(0));
            }
        }
        nodes.add(replaced(node, "Concat", inputs, Map.of("axis", AttributeValue.integer(axis.get()))));
        return nodes;
    }

    /** One place of the axis that was split into single ones. */
    private static Optional<OnnxNode> single(OnnxNode split, OnnxNode node, UpgradeContext context) {
        boolean keeps = split.integer("keepdims").orElse(1L) != 0;
        Optional<Long> place = number(node.inputs().get(1), context).filter(number -> number >= 0);
        if (keeps || place.isEmpty()) {
            return Optional.empty();
        }
        AttributeValue axis = AttributeValue.integer(split.integer("axis").orElse(0L));
        return Optional.of(replaced(
                node, "Gather", List.of(split.inputs().get(0), node.inputs().get(1)), Map.of("axis", axis)));
    }

    /** A place counted from 0 among {@code size}; {@code otherwise} if the node does not say one. */
    private static Optional<Integer> place(OnnxNode node, int input, int otherwise, int size, UpgradeContext context) {
        Optional<Long> given = node.input(input).isEmpty()
                ? Optional.of((long) otherwise)
                : number(node.inputs().get(input), context).map(number -> number < 0 ? number + size : number);
        return given.filter(place -> place >= 0 && place < size).map(Math::toIntExact);
    }

    private static Optional<Long> number(String value, UpgradeContext context) {
        return context.constant(value).filter(tensor -> tensor.size() == 1).map(tensor -> tensor.longs()[0]);
    }

    private static OnnxNode constant(OnnxNode node, OnnxTensor tensor) {
        return replaced(node, "Constant", List.of(), Map.of("value", new AttributeValue.TensorValue(tensor)));
    }

    private static OnnxNode replaced(
            OnnxNode node, String operator, List<String> inputs, Map<String, AttributeValue> attributes) {
        return new OnnxNode(node.name(), "", operator, inputs, node.outputs(), attributes);
    }
}
