package dev.slipway.edge.lower;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.probe.Extent;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A value that a lowering made on its way, for the lowering of another operator to go on with.
 *
 * @param value of the type that {@code facts} name, held or computed; of a constant the facts' elements are taken
 */
public record Operand(EdgeValue value, ValueFacts facts) {

    /** A computed FLOAT32 value with these axes. */
    public static Operand floats(EdgeValue value, List<Extent> extents) {
        return new Operand(value, floats(extents));
    }

    /** A constant. */
    public static Operand constant(OnnxTensor tensor) {
        List<Extent> extents = tensor.shape().stream()
                .map(length -> (Extent) new Extent.Fixed(length))
                .toList();
        return new Operand(ElementTypes.constant(tensor), new ValueFacts(tensor.type(), extents, Optional.of(tensor)));
    }

    /** An optional input left out. */
    public static Operand absent() {
        return new Operand(EdgeValue.absent(), floats(List.of()));
    }

    /** What is known of a FLOAT32 value with these axes. */
    public static ValueFacts floats(List<Extent> extents) {
        return new ValueFacts(ElementType.FLOAT32, extents, Optional.empty());
    }

    /** Axes of this shape, whose open lengths are open for a reason of their own. */
    public static List<Extent> extents(EdgeValue value) {
        return java.util.stream.IntStream.range(0, value.rank())
                .mapToObj(axis -> value.shape().get(axis) == -1
                        ? new Extent.Open(Set.of(value.name() + "/" + axis))
                        : (Extent) new Extent.Fixed(value.shape().get(axis)))
                .toList();
    }
}
