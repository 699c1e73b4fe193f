package dev.slipway.tflite.run;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.tflite.TensorType;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteReader;
import dev.slipway.tflite.TfliteSignature;
import dev.slipway.tflite.TfliteSubgraph;
import dev.slipway.tflite.TfliteTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    private List<List<Integer>> shapes;
    private boolean closed;

    private TfliteInterpreter(
            NativeInterpreter natives, List<InterpreterValue> inputs, List<InterpreterValue> outputs) {
        this.natives = natives;
        this.inputs = inputs;
        this.outputs = outputs;
        this.shapes = List.of();
    }

    /** One thread. */
    public static TfliteInterpreter open(byte[] model) {
        return open(model, 1);
    }

    /** As many threads for one run as given, at least 1. */
    public static TfliteInterpreter open(byte[] file, int threads) {
        // Read by us first: the runtime trusts what it is given.
        TfliteModel model = TfliteReader.read(file);
        TfliteSubgraph graph = model.entry();
        Map<String, Integer> inputs = new LinkedHashMap<>();
        Map<String, Integer> outputs = new LinkedHashMap<>();
        for (TfliteSignature signature : model.signatures()) {
            if (signature.subgraph() == 0 && inputs.isEmpty()) {
                inputs.putAll(signature.inputs());
                outputs.putAll(signature.outputs());
            }
        }
        return new TfliteInterpreter(
                NativeInterpreter.open(file, threads, isEveryResultRead(model)),
                values(graph, graph.inputs(), inputs),
                values(graph, graph.outputs(), outputs));
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
    public synchronized Map<String, Tensor> run(Map<String, Tensor> values) {
        if (closed) {
            throw SlipwayException.conflict("tflite.closed", "The model's interpreter is closed; open it again.");
        }
        List<Tensor> given = ordered(values);
        resize(given);
        for (int i = 0; i < given.size(); i++) {
            natives.write(i, given.get(i).values());
        }
        natives.invoke();
        Map<String, Tensor> result = new LinkedHashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            result.put(outputs.get(i).name(), natives.read(i));
        }
        return result;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            natives.close();
        }
    }

    private List<Tensor> ordered(Map<String, Tensor> values) {
        List<Tensor> ordered = new ArrayList<>();
        for (InterpreterValue input : inputs) {
            Tensor tensor = values.get(input.name());
            if (tensor == null || values.size() != inputs.size()) {
                throw badInput("the model takes exactly "
                        + inputs.stream().map(InterpreterValue::name).toList() + ", but got " + values.keySet());
            }
            if (input.type() != TensorType.FLOAT32) {
                throw badInput("input '" + input.name() + "' is " + input.type() + ", not float32");
            }
            if (!fits(tensor.shape(), input.shape())) {
                throw badInput("input '" + input.name() + "' has shape " + tensor.shape() + ", but the model takes "
                        + input.shape() + ", where -1 is any length but 0");
            }
            ordered.add(tensor);
        }
        return ordered;
    }

    private void resize(List<Tensor> given) {
        List<List<Integer>> wanted = given.stream().map(Tensor::shape).toList();
        if (!wanted.equals(shapes)) {
            // Until everything is allocated anew no shape holds.
            shapes = List.of();
            natives.resize(wanted);
            shapes = wanted;
        }
    }

    private static boolean fits(List<Integer> shape, List<Integer> declared) {
        boolean fits = shape.size() == declared.size();
        for (int axis = 0; fits && axis < shape.size(); axis++) {
            int wanted = declared.get(axis);
            fits = shape.get(axis) > 0 && (wanted == -1 || wanted == shape.get(axis));
        }
        return fits;
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

    private static List<InterpreterValue> values(
            TfliteSubgraph graph, List<Integer> indexes, Map<String, Integer> names) {
        List<InterpreterValue> values = new ArrayList<>();
        for (int index : indexes) {
            TfliteTensor tensor = graph.tensors().get(index);
            String name = names.entrySet().stream()
                    .filter(entry -> entry.getValue() == index)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(tensor.name());
            values.add(new InterpreterValue(name, tensor.type(), tensor.shape()));
        }
        return List.copyOf(values);
    }

    private static SlipwayException badInput(String why) {
        return SlipwayException.invalid("tflite.input", "The model can't be run on this: " + why + ".");
    }
}
