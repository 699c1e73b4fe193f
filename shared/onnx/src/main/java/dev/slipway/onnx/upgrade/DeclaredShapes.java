package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a graph declares about the shapes of its values. */
final class DeclaredShapes {
    private DeclaredShapes() {}

    /** Adds the shapes of which all lengths are fixed. */
    static void add(OnnxGraph graph, Map<String, List<Long>> shapes) {
        Stream.of(graph.inputs(), graph.values()).flatMap(List::stream).forEach(value -> fixed(value)
                .ifPresent(shape -> shapes.putIfAbsent(value.name(), shape)));
    }

    private static Optional<List<Long>> fixed(OnnxValue value) {
        if (!(value.type() instanceof ValueType.Dense dense) || dense.shape().isEmpty()) {
            return Optional.empty();
        }
        List<Long> lengths = new ArrayList<>();
        for (Dimension dimension : dense.shape().get()) {
            if (!(dimension instanceof Dimension.Fixed length)) {
                return Optional.empty();
            }
            lengths.add(length.length());
        }
        return Optional.of(List.copyOf(lengths));
    }
}
