package dev.slipway.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** Models that several tests write. */
public final class SampleModels {
    private SampleModels() {}

    /** y = relu(x + [1, 2, 3]) for x of shape [any, 3]. */
    public static TfliteModel addition() {
        return new TfliteModel(
                "an addition",
                List.of(new TfliteSubgraph(
                        "main",
                        List.of(
                                TfliteTensor.computed("x", TensorType.FLOAT32, List.of(-1, 3)),
                                TfliteTensor.constant("c", TensorType.FLOAT32, List.of(3), floats(1, 2, 3)),
                                TfliteTensor.computed("y", TensorType.FLOAT32, List.of(-1, 3))),
                        List.of(new TfliteOperator(
                                BuiltinOperator.ADD,
                                1,
                                List.of(0, 1),
                                List.of(2),
                                new OperatorOptions.Arithmetic(Activation.RELU))),
                        List.of(0),
                        List.of(2))),
                List.of(new TfliteSignature(TfliteSignature.DEFAULT_KEY, 0, Map.of("left", 0), Map.of("sum", 2))),
                Map.of("author", ByteBuffer.wrap(new byte[] {1, 2, 3})));
    }

    public static ByteBuffer floats(float... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return data;
    }
}
