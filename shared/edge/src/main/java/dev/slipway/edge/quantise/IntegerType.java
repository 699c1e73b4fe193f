package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.tflite.Quantization;
import dev.slipway.tflite.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How activations are told by integers: of 8 bits from -128 to 127 around any zero point, of 16 bits around zero. */
enum IntegerType {
    INT8(TensorType.INT8, TensorType.INT32, -128, 127),
    INT16(TensorType.INT16, TensorType.INT64, -32767, 32767);

    private final TensorType type;
    private final TensorType biasType;
    private final int lowest;
    private final int highest;

    IntegerType(TensorType type, TensorType biasType, int lowest, int highest) {
        this.type = type;
        this.biasType = biasType;
        this.lowest = lowest;
        this.highest = highest;
    }

    TensorType type() {
        return type;
    }

    /** How much wider than what was seen the ranges are made: of 16 bits one can be spared for what was not seen. */
    double headroom() {
        return this == INT16 ? 2 : 1;
    }

    double levels() {
        return highest - (double) lowest;
    }

    /** The scale and zero point that cover the range, the scale being no less than the least. */
    Quantization covering(Range range, double leastScale) {
        double exact = this == INT16 ? range.magnitude() / highest : range.width() / levels();
        // A value that is always 0 may have any scale.
        float scale = (float) Math.max(exact == 0 ? 1 : exact, Math.max(leastScale, Float.MIN_NORMAL));
        long zeroPoint = this == INT16 ? 0 : Math.round(lowest - range.minimum() / scale);
        return Quantization.perTensor(scale, Math.max(lowest, Math.min(highest, zeroPoint)));
    }

    /** The constant by this scale and zero point; what is beyond them becomes the nearest integer that there is. */
    EdgeValue constant(EdgeValue floats, Quantization how) {
        float[] numbers = floats.floats();
        ByteBuffer data = ByteBuffer.allocate(numbers.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        double scale = how.scales().get(0);
        long zeroPoint = how.zeroPoints().get(0);
        for (float number : numbers) {
            double place = Math.rint(number / scale) + zeroPoint;
            long integer = (long) Math.max(lowest, Math.min(highest, place));
            if (this == INT8) {
                data.put((byte) integer);
            } else {
                data.putShort((short) integer);
            }
        }
        return EdgeValue.quantised(floats.name(), type, floats.shape(), data.flip(), how);
    }

    /** The constant by the range of its own numbers. */
    EdgeValue constant(EdgeValue floats) {
        return constant(floats, ownQuantization(floats));
    }

    /** What covers the numbers of a constant. */
    Quantization ownQuantization(EdgeValue floats) {
        double minimum = 0;
        double maximum = 0;
        for (float number : SymmetricWeights.finite(floats)) {
            minimum = Math.min(minimum, number);
            maximum = Math.max(maximum, number);
        }
        return covering(new Range(minimum, maximum), 0);
    }

    /** The largest number that a bias holds. */
    static double largestBias() {
        return Integer.MAX_VALUE;
    }

    /** Makes the weights' scales so large that each bias fits its integer. */
    static void widen(float[] weightScales, double[] bias, double inputScale) {
        for (int i = 0; i < bias.length; i++) {
            double least = 2 * Math.abs(bias[i]) / inputScale / largestBias();
            int channel = i % weightScales.length;
            weightScales[channel] = (float) Math.max(weightScales[channel], least);
        }
    }

    /** The biases, each in units of the input's scale times its weights' scale. */
    EdgeValue bias(EdgeValue bias, double[] numbers, double inputScale, float[] weightScales) {
        ByteBuffer data = ByteBuffer.allocate(numbers.length * biasType.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        List<Float> scales = new ArrayList<>();
        for (float weightScale : weightScales) {
            // As the kernels multiply them, in float.
            scales.add((float) inputScale * weightScale);
        }
        for (int i = 0; i < numbers.length; i++) {
            double units = Math.rint(numbers[i] / scales.get(i % scales.size()));
            long integer = (long) Math.max(-largestBias(), Math.min(largestBias(), units));
            if (biasType == TensorType.INT32) {
                data.putInt((int) integer);
            } else {
                data.putLong(integer);
            }
        }
        return EdgeValue.quantised(
                bias.name(),
                biasType,
                bias.shape(),
                data.flip(),
                new Quantization(scales, Collections.nCopies(scales.size(), 0L), 0));
    }
}
