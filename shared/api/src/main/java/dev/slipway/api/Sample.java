package dev.slipway.api;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * One input of a model as plain numbers: a small image, a window of a signal, a row of a table.
 *
 * @param shape the length of each axis, without a batch axis; an image is (channels, height, width)
 * @param values in row-major order, at most {@value #MAX_VALUES}
 */
@Serdeable
public record Sample(List<Integer> shape, List<Float> values) {
    public static final int MAX_VALUES = 16_384;

    public Sample {
        shape = List.copyOf(shape);
        values = List.copyOf(values);
        long size = 1;
        for (int length : shape) {
            size = length < 1 || size > MAX_VALUES ? -1 : size * length;
        }
        if (size != values.size() || size > MAX_VALUES) {
            throw SlipwayException.invalid(
                    "sample.shape",
                    "A sample of shape " + shape + " can't hold " + values.size() + " values (at most " + MAX_VALUES
                            + ").");
        }
    }

    public static Sample of(Tensor tensor) {
        float[] array = tensor.values();
        Float[] values = new Float[array.length];
        for (int i = 0; i < array.length; i++) {
            values[i] = array[i];
        }
        return new Sample(tensor.shape(), List.of(values));
    }

    public Tensor toTensor() {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return new Tensor(shape, array);
    }
}
