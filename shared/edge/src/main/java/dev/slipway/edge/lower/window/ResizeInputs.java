package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.edge.probe.Extent;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The sizes, scales and crops of a Resize or Upsample, wherever its operator set has them, constant or not. */
final class ResizeInputs {
    private static final String STRETCH = "stretch";

    private final OnnxNode node;
    private final LoweringContext context;
    private final Kernels kernels;
    private final ResizeRule rule;
    private final EdgeValue input;
    private final List<Integer> axes;
    private final int crops;
    private final int scales;
    private final int sizes;

    ResizeInputs(OnnxNode node, LoweringContext context, ResizeRule rule, EdgeValue input) {
        this.node = node;
        this.context = context;
        this.kernels = context.kernels(node);
        this.rule = rule;
        this.input = input;
        boolean modern = node.operator().equals("Resize") && context.opset() >= 11;
        this.crops = modern ? given(1) : -1;
        this.scales = given(modern ? 2 : 1);
        this.sizes = modern && scales == -1 ? given(3) : -1;
        this.axes = node.integers("axes")
                .map(list -> list.stream()
                        .map(axis -> context.axis(axis, input.rank()))
                        .toList())
                .orElseGet(() -> IntStream.range(0, input.rank()).boxed().toList());
    }

    /** The input's index, or -1 if it was left out, of which an empty vector is another way. */
    private int given(int index) {
        boolean given = node.input(index).isPresent()
                && !context.facts(node, index).shape().equals(List.of(0));
        return given ? index : -1;
    }

    /** The axes that change, or may. */
    List<ResizedAxisFacts> changing() {
        List<ResizedAxisFacts> changing = new ArrayList<>();
        for (int position = 0; position < axes.size(); position++) {
            int axis = axes.get(position);
            int in = input.shape().get(axis);
            Optional<Float> scale = constantScale(position);
            int out = context.outputShape(node).get(axis);
            boolean cropKnown = !rule.crops() || crops == -1 || constant(crops).isPresent();
            boolean same = in == -1 || out == -1 || in == out;
            boolean unchanged = scale.isPresent() ? scale.get() == 1 && same : isKept(axis);
            boolean whole = !rule.crops() || (cropKnown && crop(position, 0) == 0 && crop(position, 1) == 1);
            if (unchanged && whole) {
                continue;
            }
            Optional<ResizedAxis> known = in == -1 || scale.isEmpty() || out == -1 || !cropKnown
                    ? Optional.empty()
                    : Optional.of(new ResizedAxis(in, out, scale.get(), crop(position, 0), crop(position, 1)));
            changing.add(new ResizedAxisFacts(axis, position, known, scale, sizes != -1 && isStretched()));
        }
        return changing;
    }

    /** Batch and channels are kept if they were at every size that the probe tried. */
    private boolean isKept(int axis) {
        List<Extent> before = context.facts(node, 0).extents();
        return axis < 2
                && before.size() > 2
                && before.get(axis)
                        .equals(context.outputFacts(node, 0).extents().get(axis));
    }

    private Optional<OnnxTensor> constant(int index) {
        return index == -1 ? Optional.empty() : context.known(node, index);
    }

    private float crop(int position, int end) {
        return constant(crops)
                .map(OnnxTensor::floats)
                .map(numbers -> numbers[position + end * axes.size()])
                .orElse((float) end);
    }

    private Optional<Float> constantScale(int position) {
        Optional<float[]> attribute = node.numbers("scales").map(ResizeInputs::array);
        if (node.number("width_scale").isPresent()) {
            attribute = Optional.of(new float[] {
                1,
                1,
                node.number("height_scale").orElse(1f),
                node.number("width_scale").orElse(1f)
            });
        }
        Optional<float[]> given = attribute.or(() -> constant(scales).map(OnnxTensor::floats));
        if (given.isPresent()) {
            return Optional.of(given.get()[position]);
        }
        Optional<long[]> wanted = constant(sizes).map(OnnxTensor::longs);
        List<Integer> lengths = axes.stream().map(input.shape()::get).toList();
        if (wanted.isEmpty() || (isStretched() ? lengths.get(position) == -1 : lengths.contains(-1))) {
            return Optional.empty();
        } else if (isStretched()) {
            return Optional.of((float) wanted.get()[position] / lengths.get(position));
        }
        return IntStream.range(0, lengths.size())
                .mapToObj(i -> (float) wanted.get()[i] / lengths.get(i))
                .reduce((a, b) -> isNotLarger() ? Math.min(a, b) : Math.max(a, b));
    }

    private static float[] array(List<Float> numbers) {
        float[] array = new float[numbers.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = numbers.get(i);
        }
        return array;
    }

    private boolean isStretched() {
        return node.text("keep_aspect_ratio_policy").orElse(STRETCH).equals(STRETCH);
    }

    private boolean isNotLarger() {
        return node.text("keep_aspect_ratio_policy").orElse(STRETCH).equals("not_larger");
    }

    /** The scale of the coordinates along an axis, a FLOAT32 scalar. */
    EdgeValue scale(int position) {
        Optional<Float> known = constantScale(position);
        if (known.isPresent()) {
            return EdgeValue.scalar(TensorType.FLOAT32, known.get());
        } else if (scales != -1) {
            return element(scales, position);
        } else if (isStretched()) {
            return ratio(position);
        }
        EdgeValue scale = ratio(0);
        for (int i = 1; i < axes.size(); i++) {
            scale = isNotLarger() ? kernels.minimum(scale, ratio(i)) : kernels.maximum(scale, ratio(i));
        }
        return scale;
    }

    private EdgeValue ratio(int position) {
        return kernels.divide(kernels.cast(kernels.length(wanted(position)), TensorType.FLOAT32), length(position));
    }

    /** The length before, a FLOAT32 scalar. */
    EdgeValue length(int position) {
        return kernels.cast(kernels.length(Length.of(input, axes.get(position))), TensorType.FLOAT32);
    }

    /** The length afterwards. */
    Length out(int position) {
        int known = context.outputShape(node).get(axes.get(position));
        boolean determined =
                constantScale(position).isPresent() && input.shape().get(axes.get(position)) != -1;
        if (known != -1 && determined) {
            return Length.fixed(known);
        } else if (sizes != -1 && isStretched()) {
            return wanted(position);
        }
        Optional<Integer> whole = constantScale(position)
                .filter(scale -> sizes == -1 && scale == Math.rint(scale))
                .map(Float::intValue);
        if (whole.isPresent()) {
            EdgeValue length = kernels.length(Length.of(input, axes.get(position)));
            return new Length.Computed(kernels.multiply(length, whole.get()));
        }
        EdgeValue exact = kernels.multiply(length(position), scale(position));
        EdgeValue rounded = sizes == -1 ? exact : kernels.add(exact, 0.5);
        return new Length.Computed(kernels.cast(kernels.unary(BuiltinOperator.FLOOR, rounded), TensorType.INT32));
    }

    private Length wanted(int position) {
        Optional<OnnxTensor> known = constant(sizes);
        return known.isPresent()
                ? Length.fixed(Math.toIntExact(known.get().longs()[position]))
                : new Length.Computed(kernels.cast(element(sizes, position), TensorType.INT32));
    }

    /** Where a crop begins (0) or ends (1), a FLOAT32 scalar. */
    EdgeValue crop(int position, boolean end) {
        return crops == -1 || constant(crops).isPresent()
                ? EdgeValue.scalar(TensorType.FLOAT32, crop(position, end ? 1 : 0))
                : element(crops, position + (end ? axes.size() : 0));
    }

    private EdgeValue element(int index, int position) {
        EdgeValue vector = context.input(node, index);
        return kernels.reshape(kernels.slice(vector, 0, position, 1), List.<Length>of());
    }
}
