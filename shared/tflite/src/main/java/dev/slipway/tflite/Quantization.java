package dev.slipway.tflite;

import dev.slipway.kernel.SlipwayException;
import java.util.List;

/**
 * How the integers of a tensor stand for real numbers: {@code real = scale × (integer − zero point)}.
 *
 * @param scales one for the whole tensor, or one for each index of the axis; positive and finite
 * @param zeroPoints as many as scales
 * @param axis the axis that the scales run along ({@code quantized_dimension} of the schema); 0 where there is one scale
 */
public record Quantization(List<Float> scales, List<Long> zeroPoints, int axis) {

    /** Fails with {@code tflite.quantization} if the numbers of scales and zero points differ or a scale is unusable. */
    public Quantization {
        scales = List.copyOf(scales);
        zeroPoints = List.copyOf(zeroPoints);
        if (scales.isEmpty() || scales.size() != zeroPoints.size()) {
            throw unusable("it has " + scales.size() + " scales and " + zeroPoints.size() + " zero points");
        }
        for (float scale : scales) {
            if (!(scale > 0) || Float.isInfinite(scale)) {
                throw unusable("the scale " + scale + " is not positive and finite");
            }
        }
        if (axis < 0) {
            throw unusable("its axis is " + axis);
        }
    }

    /** One scale for the whole tensor. */
    public static Quantization perTensor(float scale, long zeroPoint) {
        return new Quantization(List.of(scale), List.of(zeroPoint), 0);
    }

    /** Whether each index of the axis has a scale of its own. */
    public boolean isPerChannel() {
        return scales.size() > 1;
    }

    private static SlipwayException unusable(String why) {
        return SlipwayException.invalid("tflite.quantization", "The quantisation is not usable: " + why + ".");
    }
}
