package dev.slipway.edge.probe;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.onnx.run.SessionSettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs of a part of a model whose inputs are values of the whole model at lengths that the caller chooses. A node that
 * makes such a value and reads others of them stays, under another name, so that its own result is seen too.
 */
final class FollowerRuns implements AutoCloseable {
    // No value of such a run needs to be larger to tell what its shape depends on.
    private static final long LARGEST_ELEMENTS = 1 << 24;
    private static final String REAL = "#real";

    private final Optional<OnnxSession> session;
    private final Map<String, OnnxTensor> inputs;
    private final Set<String> seen;

    private FollowerRuns(Optional<OnnxSession> session, Map<String, OnnxTensor> inputs, Set<String> seen) {
        this.session = session;
        this.inputs = inputs;
        this.seen = seen;
    }

    /**
     * @param nodes what is run
     * @param cut the values whose shapes the caller chooses
     * @param base the values of the whole model
     */
    static FollowerRuns open(OnnxModel model, List<OnnxNode> nodes, Set<String> cut, Snapshot base) {
        List<OnnxNode> renamed = new ArrayList<>();
        Set<String> made = new LinkedHashSet<>();
        for (OnnxNode node : nodes) {
            List<String> outputs = node.outputs().stream()
                    .map(output -> cut.contains(output) ? output + REAL : output)
                    .toList();
            outputs.stream().filter(output -> !output.isEmpty()).forEach(made::add);
            renamed.add(new OnnxNode(
                    node.name(), node.domain(), node.operator(), node.inputs(), outputs, node.attributes()));
        }
        Set<String> read = new LinkedHashSet<>();
        renamed.forEach(node -> read.addAll(NodeReads.of(node)));
        read.removeAll(made);
        Map<String, OnnxTensor> constants = new LinkedHashMap<>(model.graph().constants());
        constants.keySet().retainAll(read);
        read.removeAll(constants.keySet());
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        List<OnnxValue> declared = new ArrayList<>();
        for (String value : read) {
            if (!base.has(value)) {
                // A sequence goes in, which can't be given.
                return new FollowerRuns(Optional.empty(), Map.of(), Set.of());
            }
            OnnxTensor tensor = base.tensor(value);
            inputs.put(value, tensor);
            declared.add(OnnxValue.dense(
                    value,
                    tensor.type(),
                    tensor.shape().stream()
                            .map(length -> new Dimension.Unknown())
                            .toArray(Dimension[]::new)));
        }
        OnnxGraph graph = new OnnxGraph(
                "followers",
                renamed,
                List.copyOf(constants.values()),
                declared,
                made.stream().map(OnnxValue::undeclared).toList(),
                List.of());
        OnnxSession session = OnnxSession.open(model.withGraph(graph), SessionSettings.faithful());
        Set<String> seen = new HashSet<>(made);
        return new FollowerRuns(Optional.of(session), inputs, seen);
    }

    /** What shapes the values then have, or nothing if the part does not run at these shapes. */
    Optional<Map<String, List<Integer>>> shapes(Map<String, List<Integer>> chosen) {
        if (session.isEmpty() || chosen.values().stream().anyMatch(shape -> size(shape) > LARGEST_ELEMENTS)) {
            return Optional.empty();
        }
        Map<String, OnnxTensor> given = new LinkedHashMap<>(inputs);
        chosen.forEach((value, shape) -> given.computeIfPresent(value, (name, tensor) -> repeated(tensor, shape)));
        try {
            Map<String, List<Integer>> shapes = new HashMap<>();
            session.get().evaluate(given).forEach((name, tensor) -> {
                if (seen.contains(name)) {
                    shapes.put(original(name), tensor.shape());
                }
            });
            return Optional.of(shapes);
        } catch (SlipwayException e) {
            // Not every length fits what follows, and which do is what the caller tries out.
            return Optional.empty();
        }
    }

    private static String original(String name) {
        return name.endsWith(REAL) ? name.substring(0, name.length() - REAL.length()) : name;
    }

    /** The tensor repeated along each axis, so that indexes stay in range; zeros if it has no elements. */
    private static OnnxTensor repeated(OnnxTensor tensor, List<Integer> shape) {
        int bytes = tensor.type().bytes();
        ByteBuffer from = tensor.data();
        int size = (int) size(shape);
        ByteBuffer to = ByteBuffer.allocate(Math.multiplyExact(size, bytes));
        byte[] element = new byte[bytes];
        for (int i = 0; i < size && from.hasRemaining(); i++) {
            int rest = i;
            int source = 0;
            int stride = 1;
            for (int axis = shape.size() - 1; axis >= 0; axis--) {
                int length = tensor.shape().get(axis);
                source += rest % shape.get(axis) % length * stride;
                rest /= shape.get(axis);
                stride *= length;
            }
            from.get(source * bytes, element);
            to.put(i * bytes, element);
        }
        return new OnnxTensor(tensor.name(), tensor.type(), shape, to);
    }

    private static long size(List<Integer> shape) {
        long size = 1;
        for (int length : shape) {
            size = Math.min(size * length, Integer.MAX_VALUE);
        }
        return size;
    }

    @Override
    public void close() {
        session.ifPresent(OnnxSession::close);
    }
}
