package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Resize and Upsample. Two axes of space are resized at once by TFLite's kernels where these do exactly what is wanted;
 * all other axes one by one, since every mode treats them apart: the nearest elements are gathered, and weighted ones are
 * a product with a matrix.
 */
final class ResizeLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        ResizeRule rule = ResizeRule.of(node, context);
        EdgeValue held = rule.mode() == ResizeRule.Mode.NEAREST ? context.held(node, 0) : context.input(node, 0);
        boolean weighs = rule.mode() != ResizeRule.Mode.NEAREST;
        EdgeValue input = weighs ? kernels.cast(held, TensorType.FLOAT32) : held;
        ResizeInputs inputs = new ResizeInputs(node, context, rule, input);
        List<ResizedAxisFacts> axes = inputs.changing();
        boolean inSpace = input.rank() > 2 && axes.stream().allMatch(axis -> axis.axis() >= 2);
        Permutation order = inSpace ? Permutation.toChannelsLast(input.rank()) : Permutation.identity(input.rank());
        EdgeValue result =
                new Resizing(kernels, rule, inputs, order.inverse()).apply(kernels.transpose(input, order), axes);
        EdgeValue back = kernels.transpose(result, order.inverse());
        context.define(node, weighs ? kernels.cast(back, context.input(node, 0).type()) : back);
    }

    /** @param place where ONNX's axes stand */
    private record Resizing(Kernels kernels, ResizeRule rule, ResizeInputs inputs, Permutation place) {

        EdgeValue apply(EdgeValue value, List<ResizedAxisFacts> axes) {
            List<ResizedAxisFacts> left = new ArrayList<>(axes);
            EdgeValue result = value;
            List<ResizedAxisFacts> plane = plane(value.rank(), left);
            Optional<OperatorOptions.Resize> settings =
                    plane.isEmpty() ? Optional.empty() : new ResizeKernel(rule).settings(plane);
            if (settings.isPresent()) {
                result = resized(result, plane, settings.get());
                left.removeAll(plane);
            }
            for (ResizedAxisFacts axis : left) {
                result = alone(result, axis);
            }
            return rule.crops() ? withOutside(result, axes) : result;
        }

        private int at(ResizedAxisFacts axis) {
            return place.source(axis.axis());
        }

        /** The axes that stand where the kernels resize: the two before the last, or of what has fewer axes the last. */
        private List<ResizedAxisFacts> plane(int rank, List<ResizedAxisFacts> axes) {
            int last = rank > 2 ? rank - 2 : rank - 1;
            List<ResizedAxisFacts> plane = axes.stream()
                    .filter(axis -> at(axis) <= last && at(axis) >= Math.max(last - 1, rank > 2 ? 1 : 0))
                    .toList();
            // What else is resized has to be flat around it.
            return rank > 5 ? List.of() : plane;
        }

        private EdgeValue resized(EdgeValue value, List<ResizedAxisFacts> plane, OperatorOptions.Resize settings) {
            Lengths lengths = new Lengths(kernels);
            int rank = value.rank();
            int columns = rank > 2 ? rank - 2 : rank - 1;
            List<Length> shape = new ArrayList<>(Lengths.of(value));
            for (ResizedAxisFacts axis : plane) {
                shape.set(at(axis), inputs.out(axis.position()));
            }
            RunTimeResize single = new RunTimeResize(kernels, rule, inputs);
            EdgeValue from = value;
            for (ResizedAxisFacts axis : plane) {
                from = single.firstIfSingle(from, at(axis), shape.get(at(axis)));
            }
            EdgeValue image =
                    switch (rank) {
                        case 1 -> kernels.unsqueeze(from, List.of(0, 1, 3));
                        case 2 -> kernels.unsqueeze(from, List.of(0, 3));
                        case 3 -> kernels.unsqueeze(from, List.of(1));
                        case 4 -> from;
                        default -> lengths.merged(from, 0, rank - 3);
                    };
            Length rows = rank == 1 || rank == 3 ? Length.fixed(1) : shape.get(columns - 1);
            Length width = shape.get(columns);
            List<Integer> known = Kernels.known(List.of(rows, width));
            boolean nearest = rule.mode() == ResizeRule.Mode.NEAREST;
            EdgeValue made = kernels.add(
                    nearest ? BuiltinOperator.RESIZE_NEAREST_NEIGHBOR : BuiltinOperator.RESIZE_BILINEAR,
                    settings,
                    List.of(image, kernels.lengths(List.of(rows, width))),
                    image.type(),
                    List.of(
                            image.shape().get(0),
                            known.get(0),
                            known.get(1),
                            image.shape().get(3)));
            return rank == 4 ? made : kernels.reshape(made, shape);
        }

        private EdgeValue alone(EdgeValue value, ResizedAxisFacts axis) {
            if (axis.known().isEmpty()) {
                return new RunTimeResize(kernels, rule, inputs).apply(value, at(axis), axis.position());
            }
            ResizedAxis known = axis.known().get();
            if (rule.mode() == ResizeRule.Mode.NEAREST) {
                List<Integer> indices =
                        java.util.Arrays.stream(known.nearest(rule)).boxed().toList();
                return kernels.gather(value, EdgeValue.integers("nearest", indices), at(axis));
            }
            EdgeValue matrix = EdgeValue.floats("weights", List.of(known.out(), known.in()), known.weights(rule));
            return RunTimeResize.product(kernels, matrix, value, at(axis));
        }

        /** What lies outside a crop is the number that the node says. */
        private EdgeValue withOutside(EdgeValue value, List<ResizedAxisFacts> axes) {
            EdgeValue result = value;
            for (ResizedAxisFacts axis : axes) {
                EdgeValue outside = axis.known()
                        .map(known -> EdgeValue.booleans("outside", List.of(known.out()), known.outside(rule)))
                        .orElseGet(() -> new RunTimeResize(kernels, rule, inputs).outside(axis.position()));
                boolean never = axis.known().isPresent() && isNever(axis.known().get());
                if (!never) {
                    List<Length> shape = new ArrayList<>(Collections.nCopies(value.rank(), Length.fixed(1)));
                    shape.set(at(axis), Length.of(outside, 0));
                    EdgeValue number = EdgeValue.scalar(value.type(), rule.extrapolation());
                    result = kernels.select(kernels.reshape(outside, shape), number, result);
                }
            }
            return result;
        }

        private boolean isNever(ResizedAxis axis) {
            for (boolean outside : axis.outside(rule)) {
                if (outside) {
                    return false;
                }
            }
            return true;
        }
    }
}
