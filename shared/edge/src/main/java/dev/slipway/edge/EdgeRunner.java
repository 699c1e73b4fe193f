package dev.slipway.edge;

import dev.slipway.edge.graph.Permutation;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.onnx.run.SessionSettings;
import dev.slipway.tflite.TensorData;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteReader;
import dev.slipway.tflite.TfliteSubgraph;
import dev.slipway.tflite.TfliteTensor;
import dev.slipway.tflite.run.InterpreterSettings;
import dev.slipway.tflite.run.TfliteInterpreter;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A converted file, loaded into the runtime that a phone would run it with.
 *
 * <p>Runs are native code: keep them off virtual threads.
 */
public sealed interface EdgeRunner extends AutoCloseable {

    /** Runs the model; the result is in the order of its outputs. */
    Map<String, Tensor> run(Map<String, Tensor> inputs);

    /** Runs a model of one input and one output, such as a classifier. */
    Tensor run(Tensor input);

    /** Runs a model of any tensor types; the result is in the order of its outputs. */
    Map<String, OnnxTensor> evaluate(Map<String, OnnxTensor> inputs);

    @Override
    void close();

    /** Fails with {@code tflite.malformed}, {@code tflite.unusable} or {@code onnx.unusable}. */
    static EdgeRunner open(Target target, byte[] file) {
        return open(target, file, 1);
    }

    /** As many threads for one run as given, at least 1. */
    static EdgeRunner open(Target target, byte[] file, int threads) {
        return open(target, ByteBuffer.wrap(file), threads);
    }

    /** Like the above; a file outside the heap is used where it is if the runtime can, so leave it as it is. */
    static EdgeRunner open(Target target, ByteBuffer file, int threads) {
        return switch (target) {
            case TFLITE -> new Tflite(TfliteInterpreter.open(file, new InterpreterSettings(threads, true)));
            case ORT, ONNX ->
                new Ort(OnnxSession.open(
                        ConversionResult.copy(file), SessionSettings.standard().withThreads(threads)));
        };
    }

    /** A runner that takes and gives tensors as the ONNX model has them, whatever the file's layout. */
    default EdgeRunner in(Layout layout) {
        return layout == Layout.KEEP ? this : new Moved(this, layout);
    }

    /** A runner that takes and gives float32 where the TFLite file has quantised inputs and outputs. */
    default EdgeRunner withFloatBorder(ByteBuffer file) {
        Map<String, TfliteTensor> inputs = new LinkedHashMap<>();
        Map<String, TfliteTensor> outputs = new LinkedHashMap<>();
        if (this instanceof Tflite) {
            TfliteModel model = TfliteReader.read(file);
            collect(model.entry(), model.entry().inputs(), model.inputNames(), inputs);
            collect(model.entry(), model.entry().outputs(), model.outputNames(), outputs);
        }
        return inputs.isEmpty() && outputs.isEmpty() ? this : new IntegerBorder(this, inputs, outputs);
    }

    private static void collect(
            TfliteSubgraph graph, List<Integer> numbers, List<String> names, Map<String, TfliteTensor> found) {
        for (int i = 0; i < numbers.size(); i++) {
            String name = names.get(i);
            TfliteTensor tensor = graph.tensors().get(numbers.get(i));
            if (tensor.quantization().isPresent()) {
                found.put(name, tensor);
            }
        }
    }

    /** Runs files whose inputs or outputs are quantised as if they were floats. */
    record IntegerBorder(EdgeRunner runner, Map<String, TfliteTensor> inputs, Map<String, TfliteTensor> outputs)
            implements EdgeRunner {
        @Override
        public Map<String, Tensor> run(Map<String, Tensor> given) {
            Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
            given.forEach((name, tensor) -> tensors.put(name, OnnxTensor.of(name, tensor)));
            Map<String, Tensor> results = new LinkedHashMap<>();
            evaluate(tensors).forEach((name, tensor) -> results.put(name, tensor.toTensor()));
            return results;
        }

        @Override
        public Tensor run(Tensor input) {
            String name = inputs.keySet().stream().findFirst().orElse("");
            return run(Map.of(name, input)).values().iterator().next();
        }

        @Override
        public Map<String, OnnxTensor> evaluate(Map<String, OnnxTensor> given) {
            Map<String, OnnxTensor> integers = new LinkedHashMap<>();
            given.forEach((name, tensor) -> integers.put(
                    name, inputs.containsKey(name) ? EdgeTensors.quantised(tensor, inputs.get(name)) : tensor));
            Map<String, OnnxTensor> results = new LinkedHashMap<>();
            runner.evaluate(integers)
                    .forEach((name, tensor) -> results.put(
                            name,
                            outputs.containsKey(name) ? EdgeTensors.dequantised(tensor, outputs.get(name)) : tensor));
            return results;
        }

        @Override
        public void close() {
            runner.close();
        }
    }

    /** Runs files whose images have their axes in another order. */
    record Moved(EdgeRunner runner, Layout layout) implements EdgeRunner {
        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            Map<String, OnnxTensor> given = new LinkedHashMap<>();
            inputs.forEach((name, tensor) -> given.put(name, OnnxTensor.of(name, tensor)));
            Map<String, Tensor> outputs = new LinkedHashMap<>();
            evaluate(given).forEach((name, tensor) -> outputs.put(name, tensor.toTensor()));
            return outputs;
        }

        @Override
        public Tensor run(Tensor input) {
            Tensor output = runner.run(moved(OnnxTensor.of("", input), true).toTensor());
            return moved(OnnxTensor.of("", output), false).toTensor();
        }

        @Override
        public Map<String, OnnxTensor> evaluate(Map<String, OnnxTensor> inputs) {
            Map<String, OnnxTensor> given = new LinkedHashMap<>();
            inputs.forEach((name, tensor) -> given.put(name, moved(tensor, true)));
            Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
            runner.evaluate(given).forEach((name, tensor) -> outputs.put(name, moved(tensor, false)));
            return outputs;
        }

        @Override
        public void close() {
            runner.close();
        }

        private OnnxTensor moved(OnnxTensor tensor, boolean toChannelsLast) {
            int rank = tensor.shape().size();
            if (!layout.moves(rank)) {
                return tensor;
            }
            Permutation order = Permutation.toChannelsLast(rank);
            return EdgeTensors.transposed(tensor, toChannelsLast ? order : order.inverse());
        }
    }

    /** Runs TFLite files. */
    record Tflite(TfliteInterpreter interpreter) implements EdgeRunner {
        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            return interpreter.run(inputs);
        }

        @Override
        public Tensor run(Tensor input) {
            return interpreter.run(input);
        }

        @Override
        public Map<String, OnnxTensor> evaluate(Map<String, OnnxTensor> inputs) {
            Map<String, TensorData> given = new LinkedHashMap<>();
            inputs.forEach((name, tensor) -> given.put(name, EdgeTensors.toTflite(tensor)));
            Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
            interpreter.evaluate(given).forEach((name, data) -> outputs.put(name, EdgeTensors.toOnnx(name, data)));
            return outputs;
        }

        @Override
        public void close() {
            interpreter.close();
        }
    }

    /** Runs ONNX and ORT-format files. */
    record Ort(OnnxSession session) implements EdgeRunner {
        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            return session.run(inputs);
        }

        @Override
        public Tensor run(Tensor input) {
            return session.run(input);
        }

        @Override
        public Map<String, OnnxTensor> evaluate(Map<String, OnnxTensor> inputs) {
            return session.evaluate(inputs);
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
