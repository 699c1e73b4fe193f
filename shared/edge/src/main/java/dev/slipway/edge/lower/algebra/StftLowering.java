package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.Padding;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * STFT: with known frames one convolution, whose filters are the windowed waves of all frequencies; otherwise frames are
 * gathered and multiplied by the transform's matrix.
 */
final class StftLowering implements Lowering {
    private static final int STEP = 1;
    private static final int WINDOW = 2;
    private static final int LENGTH = 3;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue signal = context.input(node, 0);
        int parts = signal.rank() == 2 ? 1 : signal.shape().get(2);
        if (parts != 1 && parts != 2) {
            throw context.refusal("open-length", "it is not known whether its signal is real or complex");
        }
        Optional<Integer> step = context.known(node, STEP).map(StftLowering::number);
        Optional<Integer> length = length(node, context, signal);
        boolean oneSided = node.integer("onesided").orElse(1L) != 0;
        context.define(
                node,
                step.isPresent() && length.isPresent()
                        ? convolved(node, context, signal, parts, step.get(), length.get(), oneSided)
                        : gathered(node, context, signal, parts, length, oneSided));
    }

    private static int number(OnnxTensor tensor) {
        return Math.toIntExact(tensor.longs()[0]);
    }

    private static Optional<Integer> length(OnnxNode node, LoweringContext context, EdgeValue signal) {
        if (node.input(LENGTH).isPresent()) {
            return context.known(node, LENGTH).map(StftLowering::number);
        }
        int length = node.input(WINDOW).isPresent()
                ? context.facts(node, WINDOW).shape().get(0)
                : signal.shape().get(1);
        return length == -1 ? Optional.empty() : Optional.of(length);
    }

    private static EdgeValue convolved(
            OnnxNode node,
            LoweringContext context,
            EdgeValue signal,
            int parts,
            int step,
            int length,
            boolean oneSided) {
        Kernels kernels = context.kernels(node);
        int bins = oneSided ? Fourier.uniqueBins(length) : length;
        EdgeValue filters =
                new Fourier(length, bins, false).weights(length, parts).reshaped(List.of(2 * bins, 1, length, parts));
        if (node.input(WINDOW).isPresent()) {
            filters = windowed(kernels, filters, context.input(node, WINDOW));
        }
        int samples = signal.shape().get(1);
        int frames = samples == -1 ? -1 : (samples - length) / step + 1;
        EdgeValue line = kernels.reshape(
                signal, List.of(Length.of(signal, 0), Length.fixed(1), Length.of(signal, 1), Length.fixed(parts)));
        EdgeValue waves = kernels.add(
                BuiltinOperator.CONV_2D,
                new OperatorOptions.Convolution(Padding.VALID, 1, step, 1, 1, Activation.NONE),
                List.of(line, filters, EdgeValue.floats("bias", List.of(2 * bins), new float[2 * bins])),
                TensorType.FLOAT32,
                List.of(signal.shape().get(0), 1, frames, 2 * bins));
        return kernels.reshape(
                waves, List.of(Length.of(waves, 0), Length.of(waves, 2), Length.fixed(bins), Length.fixed(2)));
    }

    private static EdgeValue windowed(Kernels kernels, EdgeValue filters, EdgeValue window) {
        if (!window.isConstant()) {
            return kernels.multiply(filters, Grouping.along(kernels, window, 2, 4));
        }
        float[] values = filters.floats();
        float[] factors = window.floats();
        int parts = filters.shape().get(3);
        for (int i = 0; i < values.length; i++) {
            values[i] *= factors[i / parts % factors.length];
        }
        return EdgeValue.floats(filters.name(), filters.shape(), values);
    }

    private static EdgeValue gathered(
            OnnxNode node,
            LoweringContext context,
            EdgeValue signal,
            int parts,
            Optional<Integer> known,
            boolean oneSided) {
        Kernels kernels = context.kernels(node);
        EdgeValue step = scalar(kernels, context.input(node, STEP));
        Length length = known.map(Length::fixed).orElseGet(() -> openLength(node, context, signal));
        EdgeValue size = kernels.length(length);
        EdgeValue room = kernels.subtract(kernels.length(Length.of(signal, 1)), size);
        EdgeValue frames = kernels.add(kernels.divide(room, step), 1);
        EdgeValue begins =
                kernels.multiply(Counting.range(kernels, frames, EdgeValue.scalar(TensorType.INT32, 1)), step);
        EdgeValue places = kernels.add(
                kernels.unsqueeze(begins, List.of(1)), kernels.unsqueeze(Counting.upTo(kernels, length), List.of(0)));
        EdgeValue framed = kernels.gather(signal, places, 1);
        EdgeValue whole = signal.rank() == 2 ? kernels.unsqueeze(framed, List.of(3)) : framed;
        if (node.input(WINDOW).isPresent()) {
            whole = kernels.multiply(whole, Grouping.along(kernels, context.input(node, WINDOW), 2, 4));
        }
        EdgeValue weights = known.map(fixed ->
                        new Fourier(fixed, oneSided ? Fourier.uniqueBins(fixed) : fixed, false).weights(fixed, parts))
                .orElseGet(() -> new ComputedFourier(kernels, false).weights(length, oneSided, parts));
        EdgeValue rows = Grouping.grouped(kernels, whole, 0, 1, 2, 4);
        EdgeValue product = new MatrixProduct(kernels).of(rows, weights, false, true);
        int bins = weights.shape().get(0);
        return kernels.reshape(
                product,
                List.of(
                        Length.of(product, 0),
                        Length.of(product, 1),
                        bins == -1 ? Grouping.rest() : Length.fixed(bins / 2),
                        Length.fixed(2)));
    }

    private static Length openLength(OnnxNode node, LoweringContext context, EdgeValue signal) {
        if (node.input(LENGTH).isPresent()) {
            return new Length.Computed(scalar(context.kernels(node), context.input(node, LENGTH)));
        }
        return node.input(WINDOW).isPresent() ? Length.of(context.input(node, WINDOW), 0) : Length.of(signal, 1);
    }

    private static EdgeValue scalar(Kernels kernels, EdgeValue value) {
        return kernels.cast(kernels.reshape(value, List.<Length>of()), TensorType.INT32);
    }
}
