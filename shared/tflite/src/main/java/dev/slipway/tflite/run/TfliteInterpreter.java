package dev.slipway.tflite.run;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.tflite.MappedFile;
import dev.slipway.tflite.TensorData;
import dev.slipway.tflite.TensorType;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteReader;
import dev.slipway.tflite.TfliteSubgraph;
import dev.slipway.tflite.TfliteTensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;

/**
 * A model loaded into TFLite's runtime. Inputs may have any length on an axis that the model leaves open.
 *
 * <p>Runs are serialised, because the runtime keeps its values in one arena; open several for parallel runs. Errors are
 * {@code tflite.malformed} and {@code tflite.unusable} (the model), {@code tflite.input} (what it is given) and {@code
 * tflite.closed}.
 */
public final class TfliteInterpreter implements AutoCloseable {
    private final NativeInterpreter natives;
    private final List<InterpreterValue> inputs;
    private final List<InterpreterValue> outputs;
    private final boolean hasVariables;
    private final List<DelicateUse> delicate;
    // None until the runtime has allocated its tensors; a model without inputs has an empty list of them.
    private Optional<List<List<Integer>>> shapes;
    private long lastRunNanos;
    private boolean closed;

    private TfliteInterpreter(NativeInterpreter natives, TfliteModel model) {
        this.natives = natives;
        this.inputs = values(model.entry(), model.entry().inputs(), model.inputNames());
        this.outputs = values(model.entry(), model.entry().outputs(), model.outputNames());
        this.hasVariables = model.subgraphs().stream()
                .flatMap(subgraph -> subgraph.tensors().stream())
                .anyMatch(TfliteTensor::variable);
        this.delicate = DelicateUse.of(model);
        this.shapes = Optional.empty();
    }

    /** One thread, accelerated. */
    public static TfliteInterpreter open(byte[] model) {
        return open(model, InterpreterSettings.standard());
    }

    /** As many threads for one run as given, at least 1; accelerated. */
    public static TfliteInterpreter open(byte[] file, int threads) {
        return open(file, new InterpreterSettings(threads, true));
    }

    /** Loads a model from its bytes, of which the runtime gets a copy. */
    public static TfliteInterpreter open(byte[] file, InterpreterSettings settings) {
        TfliteModel model = TfliteReader.read(file);
        return open(model, () -> new BytePointer(file), settings);
    }

    /** Loads a model from its bytes, of which the runtime gets a copy unless they are outside the heap; to be left as they are. */
    public static TfliteInterpreter open(ByteBuffer file, InterpreterSettings settings) {
        if (!file.isDirect()) {
            byte[] bytes = new byte[file.remaining()];
            file.duplicate().get(bytes);
            return open(bytes, settings);
        }
        return open(TfliteReader.read(file), () -> new BytePointer(file.slice()), settings);
    }

    /**
     * Loads a model from a file that stays mapped into memory while the interpreter is open, so that its weights are no
     * copy. The file must neither be cut off nor written to in this time; to replace it by another is no harm.
     */
    public static TfliteInterpreter open(Path file, InterpreterSettings settings) {
        return open(MappedFile.map(file), settings);
    }

    private static TfliteInterpreter open(TfliteModel model, Supplier<BytePointer> file, InterpreterSettings settings) {
        // Looked at by us first: the runtime trusts what it is given.
        RunnableModel.check(model);
        boolean accelerated = settings.accelerated() && isEveryResultRead(model);
        return new TfliteInterpreter(
                NativeInterpreter.open(file, new InterpreterSettings(settings.threads(), accelerated)), model);
    }

    public List<InterpreterValue> inputs() {
        return inputs;
    }

    public List<InterpreterValue> outputs() {
        return outputs;
    }

    /** Runs a model of one input and one output, such as a classifier. */
    public Tensor run(Tensor input) {
        if (inputs.size() != 1 || outputs.size() != 1) {
            throw badInput("the model has " + inputs.size() + " inputs and " + outputs.size()
                    + " outputs; name them, only a model with one of each can be run with a single tensor");
        }
        return run(Map.of(inputs.get(0).name(), input)).get(outputs.get(0).name());
    }

    /** Runs a model whose inputs and outputs are float32; the result is in the order of {@link #outputs}. */
    public Map<String, Tensor> run(Map<String, Tensor> values) {
        Map<String, TensorData> given = new LinkedHashMap<>();
        values.forEach((name, tensor) -> given.put(name, data(name, tensor)));
        Map<String, Tensor> result = new LinkedHashMap<>();
        evaluate(given).forEach((name, data) -> result.put(name, floats(name, data)));
        return result;
    }

    /**
     * Runs a model on inputs of any type; the result is in the order of {@link #outputs}, with the shapes that they had
     * in this run.
     *
     * <p>States begin as zeros in each run.
     */
    public synchronized Map<String, TensorData> evaluate(Map<String, TensorData> values) {
        checkOpen();
        List<TensorData> given = ordered(values);
        resize(given);
        if (hasVariables) {
            natives.resetVariables();
        }
        for (int i = 0; i < given.size(); i++) {
            natives.write(i, given.get(i).data());
        }
        long begin = System.nanoTime();
        natives.invoke();
        lastRunNanos = System.nanoTime() - begin;
        Map<String, TensorData> result = new LinkedHashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            result.put(outputs.get(i).name(), natives.read(i));
        }
        return result;
    }

    /** What the runtime holds for the model's values at this moment; nothing before the first run. */
    public synchronized InterpreterMemory memory() {
        checkOpen();
        return natives.memory();
    }

    /** How long the last run took in the runtime itself, without the copies of inputs and outputs; zero before one. */
    public synchronized Duration lastRun() {
        return Duration.ofNanos(lastRunNanos);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            natives.close();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw SlipwayException.conflict("tflite.closed", "The model's interpreter is closed; open it again.");
        }
    }

    private List<TensorData> ordered(Map<String, TensorData> values) {
        List<TensorData> ordered = new ArrayList<>();
        for (InterpreterValue input : inputs) {
            TensorData given = values.get(input.name());
            if (given == null || values.size() != inputs.size()) {
                throw badInput("the model takes exactly "
                        + inputs.stream().map(InterpreterValue::name).toList() + ", but got " + values.keySet());
            }
            if (input.type() != given.type()) {
                throw badInput("input '" + input.name() + "' is " + input.type() + ", not " + given.type());
            }
            if (!fits(given.shape(), input.shape())) {
                throw badInput("input '" + input.name() + "' has shape " + given.shape() + ", but the model takes "
                        + input.shape() + ", where -1 is any length");
            }
            ordered.add(given);
        }
        return ordered;
    }

    private void resize(List<TensorData> given) {
        Optional<List<List<Integer>>> wanted =
                Optional.of(given.stream().map(TensorData::shape).toList());
        if (!wanted.equals(shapes)) {
            // Until everything is allocated anew no shape holds.
            shapes = Optional.empty();
            natives.resize(wanted.get());
            delicate.forEach(use -> use.check(natives));
            shapes = wanted;
        }
    }

    private static boolean fits(List<Integer> shape, List<Integer> declared) {
        boolean fits = shape.size() == declared.size();
        for (int axis = 0; fits && axis < shape.size(); axis++) {
            int wanted = declared.get(axis);
            fits = wanted == -1 || wanted == shape.get(axis);
        }
        return fits;
    }

    private static TensorData data(String name, Tensor tensor) {
        if (tensor.shape().contains(0)) {
            throw badInput("input '" + name + "' is empty, its shape being " + tensor.shape());
        }
        return TensorData.ofFloats(tensor.shape(), tensor.values());
    }

    private static Tensor floats(String name, TensorData data) {
        if (data.type() != TensorType.FLOAT32) {
            throw SlipwayException.unsupported(
                    "tflite.type", "Output '" + name + "' of the model is " + data.type() + ", not float32.");
        }
        return new Tensor(data.shape(), data.floats());
    }

    /** XNNPACK (seen in 2.20) crashes the whole process on a result that nothing reads. */
    private static boolean isEveryResultRead(TfliteModel model) {
        for (TfliteSubgraph graph : model.subgraphs()) {
            Set<Integer> read = new HashSet<>(graph.outputs());
            graph.operators().forEach(operator -> read.addAll(operator.inputs()));
            if (!graph.operators().stream().allMatch(operator -> read.containsAll(operator.outputs()))) {
                return false;
            }
        }
        return true;
    }

    private static List<InterpreterValue> values(TfliteSubgraph graph, List<Integer> indexes, List<String> names) {
        List<InterpreterValue> values = new ArrayList<>();
        for (int i = 0; i < indexes.size(); i++) {
            TfliteTensor tensor = graph.tensors().get(indexes.get(i));
            values.add(new InterpreterValue(names.get(i), tensor.type(), tensor.shape()));
        }
        return List.copyOf(values);
    }

    private static SlipwayException badInput(String why) {
        return SlipwayException.invalid("tflite.input", "The model can't be run on this: " + why + ".");
    }
}
