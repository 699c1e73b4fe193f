package dev.slipway.onnx.run;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.upgrade.OpsetUpgrade;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;

/**
 * A model loaded into ONNX Runtime.
 *
 * <p>Several threads may run it at once; {@link #close} waits for them. Runs are native code: keep them off virtual
 * threads. Errors are {@code onnx.unusable} (the model), {@code onnx.input} (what it is given), {@code onnx.too-large} (a
 * value of 2 GiB or more), {@code onnx.element-type} (elements that can't be exchanged) and {@code onnx.closed}.
 */
public final class OnnxSession implements AutoCloseable {
    private final OrtSession session;
    private final Weights weights;
    private final SignedInputs signed;
    private final List<SessionValue> inputs;
    private final List<SessionValue> outputs;
    private final Set<String> outputNames;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private OnnxSession(OrtSession session, Weights weights, SignedInputs signed) throws OrtException {
        this.session = session;
        this.weights = weights;
        this.signed = signed;
        this.inputs = SessionValue.of(session.getInputInfo()).stream()
                .map(signed::shown)
                .toList();
        this.outputs = SessionValue.of(session.getOutputInfo());
        this.outputNames = Collections.unmodifiableSet(new LinkedHashSet<>(session.getOutputNames()));
    }

    /** Loads ONNX or ORT-format bytes. */
    public static OnnxSession open(byte[] model) {
        return open(model, SessionSettings.standard());
    }

    /** Loads ONNX or ORT-format bytes. */
    public static OnnxSession open(byte[] model, SessionSettings settings) {
        return open(Weights.within(model), SignedInputs.none(), settings);
    }

    public static OnnxSession open(OnnxModel model) {
        return open(model, SessionSettings.standard());
    }

    /**
     * Loads a model of any operator set that {@link OpsetUpgrade} knows. ONNX Runtime uses large weights where they are,
     * without a copy if they are outside the heap, as those of a model read from a path are.
     */
    public static OnnxSession open(OnnxModel model, SessionSettings settings) {
        OnnxModel loadable = LoadableModel.of(model);
        SignedInputs signed = SignedInputs.of(loadable);
        try {
            return open(Weights.of(ScaleCounts.checked(signed.apply(loadable))), signed, settings);
        } catch (OrtException e) {
            throw Ort.unusable("take this model's weights", e);
        }
    }

    private static OnnxSession open(Weights weights, SignedInputs signed, SessionSettings settings) {
        OrtSession session = null;
        try (OrtSession.SessionOptions options = Ort.options(settings)) {
            session = weights.load(options, settings);
            return new OnnxSession(session, weights, signed);
        } catch (OrtException e) {
            release(session, weights);
            throw Ort.unusable("load this model", e);
        } catch (RuntimeException e) {
            release(session, weights);
            throw e;
        }
    }

    private static void release(OrtSession session, Weights weights) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (OrtException e) {
            throw SlipwayException.internal("onnx.close", "ONNX Runtime could not free the model.", e);
        } finally {
            weights.close();
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
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        forEachOutput(values, tensors::put);
        return tensors;
    }

    /** Like {@link #evaluate}, but hands over one output after another, so that never all of them are in the heap. */
    public void forEachOutput(Map<String, OnnxTensor> values, BiConsumer<String, OnnxTensor> consumer) {
        forEachOutput(values, outputNames, consumer);
    }

    /**
     * Runs a model for some of its outputs, which are handed over one after another in the model's order.
     *
     * @param names of outputs; fails with {@code onnx.output} if the model has no such output
     */
    public void forEachOutput(
            Map<String, OnnxTensor> values, Set<String> names, BiConsumer<String, OnnxTensor> consumer) {
        lock.readLock().lock();
        Map<String, ai.onnxruntime.OnnxTensor> natives = new LinkedHashMap<>();
        try {
            if (closed) {
                throw SlipwayException.conflict("onnx.closed", "The model's session is closed; open it again.");
            }
            checkNames(values, names);
            for (Map.Entry<String, OnnxTensor> value : values.entrySet()) {
                OnnxTensor fed = signed.fed(value.getKey(), value.getValue());
                natives.put(
                        signed.substitutes().getOrDefault(value.getKey(), value.getKey()), NativeTensors.toNative(fed));
            }
            if (!names.isEmpty()) {
                // Every value is closed as soon as it was handed over, so the result itself must not be.
                Set<String> ordered = new LinkedHashSet<>(outputNames);
                ordered.retainAll(names);
                Outputs.handOver(session.run(natives, ordered).iterator(), consumer);
            }
        } catch (OrtException e) {
            throw SlipwayException.invalid(
                    "onnx.input", "ONNX Runtime can't run the model on these inputs: " + e.getMessage(), e);
        } finally {
            natives.values().forEach(ai.onnxruntime.OnnxTensor::close);
            lock.readLock().unlock();
        }
    }

    /**
     * Ends profiling and tells the file that holds the times; fails with {@code onnx.profile} if the session was not
     * opened with a profile.
     */
    public Path endProfile() {
        lock.readLock().lock();
        try {
            if (closed) {
                throw SlipwayException.conflict("onnx.closed", "The model's session is closed; open it again.");
            }
            String file = session.endProfiling();
            if (file.isEmpty()) {
                throw SlipwayException.conflict(
                        "onnx.profile", "The session makes no profile; open it with SessionSettings.withProfile.");
            }
            return Path.of(file);
        } catch (OrtException e) {
            throw SlipwayException.conflict("onnx.profile", "ONNX Runtime has no profile: " + e.getMessage());
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                release(session, weights);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void checkNames(Map<String, OnnxTensor> values, Set<String> wanted) {
        for (String name : wanted) {
            if (!outputNames.contains(name)) {
                throw SlipwayException.invalid(
                        "onnx.output", "The model has no output '" + name + "'; its outputs are " + outputNames + ".");
            }
        }
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
}
