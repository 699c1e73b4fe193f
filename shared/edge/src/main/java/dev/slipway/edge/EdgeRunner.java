package dev.slipway.edge;

import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.tflite.TensorData;
import dev.slipway.tflite.run.TfliteInterpreter;
import java.util.LinkedHashMap;
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
        return switch (target) {
            case TFLITE -> new Tflite(TfliteInterpreter.open(file));
            case ORT -> new Ort(OnnxSession.open(file));
        };
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

    /** Runs ORT-format files. */
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
