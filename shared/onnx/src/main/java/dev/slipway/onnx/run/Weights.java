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

    /** ONNX Runtime infers shapes from integers before it has the weights, so they stay where they may be shapes. */
    private static final int SMALLEST_INTEGERS = 1 << 16;

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
    OrtSession load(OrtSession.SessionOptions options, SessionSettings settings) throws OrtException {
        if (tensors.isEmpty()) {
            return Ort.environment().createSession(model, options);
        }
        if (settings.optimisation() == SessionSettings.Optimisation.NONE) {
            return loadWithoutCopy(options);
        }
        // Rewriting the graph needs the values of weights, which ONNX Runtime copies for it.
        options.addExternalInitializers(tensors);
        return Ort.environment().createSession(model, options);
    }

    /** Where nothing is rewritten, weights are needed by kernels only, which take them from where they are. */
    private OrtSession loadWithoutCopy(OrtSession.SessionOptions options) throws OrtException {
        for (Map.Entry<String, OnnxTensorLike> tensor : tensors.entrySet()) {
            options.addInitializer(tensor.getKey(), tensor.getValue());
        }
        try (EmptyWeightFile file = EmptyWeightFile.create(OnnxWriter.DETACHED)) {
            options.addConfigEntry(Ort.EXTERNAL_FOLDER, file.folder().toString());
            return Ort.environment().createSession(model, options);
        }
    }

    @Override
    public void close() {
        tensors.values().forEach(OnnxTensorLike::close);
    }

    private static boolean isLarge(OnnxTensor tensor) {
        int smallest =
                switch (tensor.type()) {
                    case INT32, INT64 -> SMALLEST_INTEGERS;
                    default -> SMALLEST;
                };
        return tensor.data().remaining() > smallest && NativeTensors.takes(tensor.type());
    }
}
