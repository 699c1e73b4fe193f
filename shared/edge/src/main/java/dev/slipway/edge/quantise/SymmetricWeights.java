package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.Quantization;
import dev.slipway.tflite.TensorType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Constants as integers from -127 to 127 around zero, with one scale or one for each index of an axis. */
final class SymmetricWeights {
    private static final int LARGEST = 127;
    /** Less is more than the kernels can multiply by. */
    private static final float LEAST_SCALE = 1e-12f;

    private SymmetricWeights() {}

    /**
     * The least scales at which every number fits or, if the numbers were integers times a scale before, as in a quantised
     * model, a scale at which they become integers again. Fails with {@code edge.quantise} if a number is not finite.
     */
    static float[] scales(EdgeValue weights, OptionalInt axis) {
        float[] numbers = finite(weights);
        int channels = axis.isPresent() ? weights.shape().get(axis.getAsInt()) : 1;
        int inner = inner(weights, axis);
        float[] largest = new float[channels];
        for (int i = 0; i < numbers.length; i++) {
            int channel = i / inner % channels;
            largest[channel] = Math.max(largest[channel], Math.abs(numbers[i]));
        }
        float widest = 0;
        for (int i = 0; i < channels; i++) {
            int steps = new Lattice(numbers, i, channels, inner).steps(LARGEST).orElse(LARGEST);
            largest[i] = largest[i] == 0 ? 0 : Math.max(largest[i] / steps, LEAST_SCALE);
            widest = Math.max(widest, largest[i]);
        }
        for (int i = 0; i < channels; i++) {
            // A channel of zeros may have any scale, but its bias wants one like the others'.
            largest[i] = largest[i] == 0 ? widest == 0 ? 1 : widest : largest[i];
        }
        return largest;
    }

    /** Whether the numbers are integers times such scales already, so that nothing is lost. */
    static boolean areExact(EdgeValue weights, OptionalInt axis) {
        float[] numbers = finite(weights);
        int channels = axis.isPresent() ? weights.shape().get(axis.getAsInt()) : 1;
        int inner = inner(weights, axis);
        return IntStream.range(0, channels)
                .allMatch(i ->
                        new Lattice(numbers, i, channels, inner).steps(LARGEST).isPresent());
    }

    /** The numbers by the least scales at which they fit. */
    static EdgeValue of(EdgeValue weights, OptionalInt axis) {
        return of(weights, axis, scales(weights, axis));
    }

    static EdgeValue of(EdgeValue weights, OptionalInt axis, float[] scales) {
        float[] numbers = finite(weights);
        int inner = inner(weights, axis);
        ByteBuffer data = ByteBuffer.allocate(numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            long rounded = Math.round((double) numbers[i] / scales[i / inner % scales.length]);
            data.put((byte) Math.max(-LARGEST, Math.min(LARGEST, rounded)));
        }
        List<Float> list = new ArrayList<>();
        for (float scale : scales) {
            list.add(scale);
        }
        Quantization how = new Quantization(list, Collections.nCopies(scales.length, 0L), axis.orElse(0));
        return EdgeValue.quantised(weights.name(), TensorType.INT8, weights.shape(), data.flip(), how);
    }

    /** The elements, all of which must be finite. */
    static float[] finite(EdgeValue weights) {
        float[] numbers = weights.floats();
        for (float number : numbers) {
            if (!Float.isFinite(number)) {
                throw SlipwayException.invalid(
                        "edge.quantise",
                        "The weights '" + weights.name() + "' contain " + number
                                + ", which no integers can stand for; repair the model or convert it as fp32.");
            }
        }
        return numbers;
    }

    private static int inner(EdgeValue weights, OptionalInt axis) {
        if (axis.isEmpty()) {
            return Math.max(1, weights.floats().length);
        }
        return weights.shape().subList(axis.getAsInt() + 1, weights.rank()).stream()
                .reduce(1, Math::multiplyExact);
    }
}
