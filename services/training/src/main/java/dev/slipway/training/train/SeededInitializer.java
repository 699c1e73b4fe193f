package dev.slipway.training.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import java.util.Random;

/**
 * Draws the first weights as He and others propose for rectified units, by a seed of its own: the engine has one random
 * state for the whole process, which several trainings at once would disturb for each other.
 */
final class SeededInitializer implements Initializer {
    private final Random random;

    SeededInitializer(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public NDArray initialize(NDManager manager, Shape shape, DataType dataType) {
        long inputs = Math.max(1, shape.size() / Math.max(1, shape.get(0)));
        double deviation = Math.sqrt(2.0 / inputs);
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return manager.create(values, shape).toType(dataType, false);
    }
}
