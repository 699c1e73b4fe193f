package dev.slipway.edge.probe;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Inputs for runs whose only purpose is to compare: seeded, so that they are the same next time. */
public final class SampleInputs {
    /** No input is larger, whatever shape a model declares. */
    private static final int LARGEST_BYTES = 1 << 28;

    private SampleInputs() {}

    /** Floats between -1 and 1, zeros for every other type. */
    public static Map<String, OnnxTensor> of(OnnxModel model, Symbols symbols, Map<String, Integer> sizes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        for (OnnxValue input : model.graph().requiredInputs()) {
            ElementType type = ((ValueType.Dense) input.type()).element();
            List<Integer> shape = symbols.shape(input.name(), sizes);
            inputs.put(input.name(), sample(input.name(), type, shape, random));
        }
        return inputs;
    }

    private static OnnxTensor sample(String name, ElementType type, List<Integer> shape, SplittableRandom random) {
        long size = 1;
        for (int length : shape) {
            size *= Math.max(length, 0);
            if (size * type.bytes() > LARGEST_BYTES) {
                throw SlipwayException.tooLarge(
                        "edge.input",
                        "Input '" + name + "' of shape " + shape + " takes more than " + LARGEST_BYTES
                                + " bytes; export the model for smaller inputs.");
            }
        }
        if (type == ElementType.FLOAT32) {
            float[] values = new float[(int) size];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-1, 1);
            }
            return OnnxTensor.float32(name, shape, values);
        }
        return new OnnxTensor(name, type, shape, ByteBuffer.allocate((int) size * type.bytes()));
    }
}
