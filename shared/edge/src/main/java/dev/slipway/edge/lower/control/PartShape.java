package dev.slipway.edge.lower.control;

import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Body;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.edge.lower.Operand;
import dev.slipway.edge.probe.Extent;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The shape that each step's part of a collected output has. Where it is open, it is the length of an axis around the
 * loop that is open for the same reason, or what the model declares; the runtime stops with an error if a step makes
 * a larger part.
 */
record PartShape(Iteration iteration, LoweringContext context, List<Operand> states, Body body) {

    List<Length> of(ValueFacts part, int index) {
        List<Length> lengths = new ArrayList<>();
        for (int axis = 0; axis < part.rank(); axis++) {
            Extent extent = part.extents().get(axis);
            int place = axis;
            lengths.add(
                    extent instanceof Extent.Fixed fixed
                            ? Length.fixed(fixed.length())
                            : declared(index, axis, part.rank())
                                    .or(() -> alike(extent, place))
                                    .orElseThrow(() -> context.refusal(
                                            "loop-shape",
                                            "it collects an output of the open shape " + part.shape()
                                                    + " step by step")));
        }
        return lengths;
    }

    private Optional<Length> declared(int index, int axis, int rank) {
        OnnxValue output = iteration.partsOf(iteration.body().outputs()).get(index);
        return output.type() instanceof ValueType.Dense dense
                        && dense.shape().isPresent()
                        && dense.shape().get().size() == rank
                        && dense.shape().get().get(axis) instanceof Dimension.Fixed fixed
                ? Optional.of(Length.fixed(Math.toIntExact(fixed.length())))
                : Optional.empty();
    }

    /** An axis that is open for the same reason, of those in the same place if there is one. */
    private Optional<Length> alike(Extent extent, int place) {
        List<Operand> values = new ArrayList<>(states);
        values.addAll(iteration.inputs().around());
        for (String name : body.captures()) {
            values.add(new Operand(body.captured(name), body.probed().of(name).orElseThrow()));
        }
        Optional<Length> found = Optional.empty();
        for (Operand value : values) {
            for (int axis = 0; axis < value.facts().rank(); axis++) {
                if (value.facts().extents().get(axis).equals(extent) && (found.isEmpty() || axis == place)) {
                    Length length = Length.of(value.value(), axis);
                    if (axis == place) {
                        return Optional.of(length);
                    }
                    found = Optional.of(length);
                }
            }
        }
        return found;
    }
}
