package dev.slipway.onnx.run;

import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.slipway.onnx.DetachedModel;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The weights of a session, in memory that it shares with the model; to be closed after the session. */
final class Weights implements AutoCloseable {
    /** Smaller ones are as well off in the model's own bytes. */
    private static final int SMALLEST = 1024;

    private final byte[] model;
    private final Map<String, OnnxTensorLike> tensors;

    private Weights(byte[] model, Map<String, OnnxTensorLike> tensors) {
        this.model = model;
        this.tensors = tensors;
    }

    static Weights of(OnnxModel model) throws OrtException {
        DetachedModel detached = OnnxWriter.detach(model, Weights::isLarge);
        Weights weights = new Weights(detached.model(), new LinkedHashMap<>());
        try {
            for (Map.Entry<String, OnnxTensor> tensor : detached.weights().entrySet()) {
                weights.tensors.put(tensor.getKey(), NativeTensors.toNative(tensor.getValue()));
            }
            return weights;
        } catch (OrtException | RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /** The weights of a model that came as bytes are in these. */
    static Weights within(byte[] model) {
        return new Weights(model, Map.of());
    }

    /** Loads the model that these are the weights of. */
    OrtSession load(OrtSession.SessionOptions options) throws OrtException {
        if (!tensors.isEmpty()) {
            options.addExternalInitializers(tensors);
        }
        return Ort.environment().createSession(model, options);
    }

    @Override
    public void close() {
        tensors.values().forEach(OnnxTensorLike::close);
    }

    private static boolean isLarge(OnnxTensor tensor) {
        return tensor.data().remaining() > SMALLEST && NativeTensors.takes(tensor.type());
    }
}
