package dev.slipway.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

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

    /** A model of one operator; its tensors are its inputs in order, and its results. */
    public static TfliteModel oneOperator(
            BuiltinOperator operator, OperatorOptions options, List<TfliteTensor> inputs, List<TfliteTensor> outputs) {
        List<TfliteTensor> tensors = new ArrayList<>(inputs);
        tensors.addAll(outputs);
        List<Integer> given = IntStream.range(0, inputs.size())
                .filter(i -> inputs.get(i).data().isEmpty() && !inputs.get(i).variable())
                .boxed()
                .toList();
        List<Integer> results =
                IntStream.range(inputs.size(), tensors.size()).boxed().toList();
        TfliteOperator only = new TfliteOperator(
                operator,
                OperatorVersions.of(
                        operator, options, inputs.stream().map(Optional::of).toList(), outputs),
                IntStream.range(0, inputs.size()).boxed().toList(),
                results,
                options);
        return new TfliteModel(
                "one operator",
                List.of(new TfliteSubgraph("main", tensors, List.of(only), given, results)),
                List.of(),
                Map.of());
    }

    public static TfliteTensor ints(String name, int... values) {
        return TfliteTensor.constant(name, TensorType.INT32, List.of(values.length), intBytes(values));
    }

    public static ByteBuffer intBytes(int... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asIntBuffer().put(values);
        return data;
    }

    public static ByteBuffer bytes(int... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length);
        for (int value : values) {
            data.put((byte) value);
        }
        return data.flip();
    }
}
