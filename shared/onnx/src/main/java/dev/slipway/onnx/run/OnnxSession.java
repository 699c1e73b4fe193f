package dev.slipway.onnx.run;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A model loaded into ONNX Runtime, from ONNX or ORT-format bytes.
 *
 * <p>Several threads may run it at once; {@link #close} waits for them. Runs are native code: keep them off virtual
 * threads. Errors are {@code onnx.unusable} (the model), {@code onnx.input} (what it is given) and {@code onnx.closed}.
 */
public final class OnnxSession implements AutoCloseable {
    private final OrtSession session;
    private final List<SessionValue> inputs;
    private final List<SessionValue> outputs;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private OnnxSession(OrtSession session) throws OrtException {
        this.session = session;
        this.inputs = values(session.getInputInfo());
        this.outputs = values(session.getOutputInfo());
    }

    public static OnnxSession open(byte[] model) {
        return open(model, SessionSettings.standard());
    }

    public static OnnxSession open(byte[] model, SessionSettings settings) {
        try (OrtSession.SessionOptions options = Ort.options(settings)) {
            OrtSession session = Ort.environment().createSession(model, options);
            try {
                return new OnnxSession(session);
            } catch (OrtException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            throw Ort.unusable("load this model", e);
        }
    }

    /** The tensors that a run needs, in the model's order. */
    public List<SessionValue> inputs() {
        return inputs;
    }

    /** The tensors that a run makes, in the model's order. */
    public List<SessionValue> outputs() {
        return outputs;
    }

    /** Runs a model of one input and one output, such as a classifier. */
    public Tensor run(Tensor input) {
        if (inputs.size() != 1 || outputs.size() != 1) {
            throw SlipwayException.invalid(
                    "onnx.input",
                    "The model has " + inputs.size() + " inputs and " + outputs.size()
                            + " outputs; name them, only a model with one of each can be run with a single tensor.");
        }
        return run(Map.of(inputs.get(0).name(), input)).get(outputs.get(0).name());
    }

    /** Runs a model whose inputs and outputs are float32; the result is in the order of {@link #outputs}. */
    public Map<String, Tensor> run(Map<String, Tensor> values) {
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        values.forEach((name, tensor) -> given.put(name, OnnxTensor.of(name, tensor)));
        Map<String, Tensor> result = new LinkedHashMap<>();
        evaluate(given).forEach((name, tensor) -> result.put(name, tensor.toTensor()));
        return result;
    }

    /** Runs a model of any tensor types; outputs that are no dense tensors are left out. */
    public Map<String, OnnxTensor> evaluate(Map<String, OnnxTensor> values) {
        lock.readLock().lock();
        Map<String, ai.onnxruntime.OnnxTensor> natives = new LinkedHashMap<>();
        try {
            if (closed) {
                throw SlipwayException.conflict("onnx.closed", "The model's session is closed; open it again.");
            }
            checkNames(values);
            for (Map.Entry<String, OnnxTensor> value : values.entrySet()) {
                natives.put(value.getKey(), NativeTensors.toNative(value.getValue()));
            }
            try (OrtSession.Result result = session.run(natives)) {
                Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    if (output.getValue() instanceof ai.onnxruntime.OnnxTensor tensor) {
                        String name = output.getKey();
                        NativeTensors.elementType(tensor.getInfo())
                                .ifPresent(type -> tensors.put(name, NativeTensors.fromNative(name, type, tensor)));
                    }
                }
                return tensors;
            }
        } catch (OrtException e) {
            throw SlipwayException.invalid(
                    "onnx.input", "ONNX Runtime can't run the model on these inputs: " + e.getMessage(), e);
        } finally {
            natives.values().forEach(ai.onnxruntime.OnnxTensor::close);
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
            }
        } catch (OrtException e) {
            throw SlipwayException.internal("onnx.close", "ONNX Runtime could not free the model.", e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void checkNames(Map<String, OnnxTensor> values) {
        List<String> names = inputs.stream().map(SessionValue::name).toList();
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw SlipwayException.invalid(
                        "onnx.input", "The model has no input '" + name + "'; its inputs are " + names + ".");
            }
        }
        if (values.size() < names.size()) {
            throw SlipwayException.invalid(
                    "onnx.input", "The model needs the inputs " + names + ", but only got " + values.keySet() + ".");
        }
    }

    private static List<SessionValue> values(Map<String, NodeInfo> infos) {
        List<SessionValue> values = new ArrayList<>();
        for (NodeInfo info : infos.values()) {
            if (info.getInfo() instanceof TensorInfo tensor) {
                NativeTensors.elementType(tensor)
                        .ifPresent(type -> values.add(new SessionValue(info.getName(), type, dimensions(tensor))));
            }
        }
        return List.copyOf(values);
    }

    private static List<Dimension> dimensions(TensorInfo info) {
        List<Dimension> dimensions = new ArrayList<>();
        for (int axis = 0; axis < info.getShape().length; axis++) {
            long length = info.getShape()[axis];
            String name = info.getDimensionNames()[axis];
            if (length >= 0) {
                dimensions.add(Dimension.fixed(length));
            } else {
                dimensions.add(name.isEmpty() ? new Dimension.Unknown() : Dimension.symbolic(name));
            }
        }
        return dimensions;
    }
}
