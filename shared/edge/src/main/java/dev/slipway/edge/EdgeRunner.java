package dev.slipway.edge;

import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.tflite.run.TfliteInterpreter;
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
        public void close() {
            session.close();
        }
    }
}
