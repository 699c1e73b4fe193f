package dev.slipway.tflite.run;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorData;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteOperator;
import dev.slipway.tflite.TfliteSubgraph;
import dev.slipway.tflite.TfliteTensor;
import dev.slipway.tflite.TfliteWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures where a model's time goes.
 *
 * <p>The runtime's own profiler can't be reached from the JVM. So each operator runs as a model of its own, on the values
 * that it gets within the whole. That leaves out what operators gain together (XNNPACK fuses some, and caches are warm),
 * so the times need not add up to that of the whole model. Control flow counts as one operator.
 */
public final class OperatorProfiler {
    private static final int WARM_UPS = 2;

    private final TfliteModel model;
    private final InterpreterSettings settings;

    /** A profiler for models that are run with these settings. */
    public OperatorProfiler(TfliteModel model, InterpreterSettings settings) {
        this.model = model;
        this.settings = settings;
    }

    /**
     * The times of the entry's operators in the order in which they run.
     *
     * @param inputs values for the model's inputs by name
     * @param runs of each operator after it has warmed up, at least 1
     */
    public List<OperatorTime> measure(Map<String, TensorData> inputs, int runs) {
        if (runs < 1) {
            throw SlipwayException.invalid("tflite.runs", "Operators can't be measured by " + runs + " runs.");
        }
        TfliteSubgraph graph = model.entry();
        Map<Integer, TensorData> values = values(inputs);
        List<OperatorTime> times = new ArrayList<>();
        for (int i = 0; i < graph.operators().size(); i++) {
            TfliteOperator operator = graph.operators().get(i);
            if (operator.outputs().isEmpty() || operator.options() instanceof OperatorOptions.CallOnce) {
                continue;
            }
            String name = graph.tensors().get(operator.outputs().get(0)).name();
            times.add(new OperatorTime(i, operator.operator(), name, time(operator, values, runs)));
        }
        return List.copyOf(times);
    }

    /** What every tensor that is computed holds in a run. */
    private Map<Integer, TensorData> values(Map<String, TensorData> inputs) {
        TfliteSubgraph graph = model.entry();
        Map<String, Integer> results = new LinkedHashMap<>();
        for (TfliteOperator operator : graph.operators()) {
            operator.outputs().forEach(output -> results.put("value " + output, output));
        }
        Map<Integer, TensorData> values = new LinkedHashMap<>();
        List<String> names = model.inputNames();
        for (int i = 0; i < names.size(); i++) {
            if (inputs.containsKey(names.get(i))) {
                values.put(graph.inputs().get(i), inputs.get(names.get(i)));
            }
        }
        try (TfliteInterpreter whole =
                TfliteInterpreter.open(TfliteWriter.write(model.withOutputs(results)), settings)) {
            whole.evaluate(inputs).forEach((name, value) -> values.put(results.get(name), value));
        }
        return values;
    }

    private Duration time(TfliteOperator operator, Map<Integer, TensorData> values, int runs) {
        Map<String, TensorData> inputs = new LinkedHashMap<>();
        TfliteModel alone = alone(operator, values, inputs);
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(TfliteWriter.write(alone), settings)) {
            List<Duration> durations = new ArrayList<>();
            for (int run = -WARM_UPS; run < runs; run++) {
                interpreter.evaluate(inputs);
                if (run >= 0) {
                    durations.add(interpreter.lastRun());
                }
            }
            return durations.stream().sorted().skip(runs / 2).findFirst().orElseThrow();
        }
    }

    /** The model with this operator only, which keeps the subgraphs that it may lead to; its inputs are collected. */
    private TfliteModel alone(
            TfliteOperator operator, Map<Integer, TensorData> values, Map<String, TensorData> inputs) {
        List<TfliteTensor> tensors = new ArrayList<>();
        List<Integer> given = new ArrayList<>();
        Map<Integer, Integer> numbers = new LinkedHashMap<>();
        numbers.put(-1, -1);
        for (int input : operator.inputs()) {
            if (numbers.putIfAbsent(input, tensors.size()) == null) {
                TfliteTensor tensor = model.entry().tensors().get(input);
                if (values.containsKey(input)) {
                    TensorData value = values.get(input);
                    given.add(tensors.size());
                    tensor = renamed(tensor, "input " + input, value.shape());
                    inputs.put(tensor.name(), value);
                }
                tensors.add(tensor);
            }
        }
        List<Integer> outputs = new ArrayList<>();
        for (int output : operator.outputs()) {
            outputs.add(tensors.size());
            tensors.add(renamed(
                    model.entry().tensors().get(output),
                    "output " + output,
                    model.entry().tensors().get(output).shape()));
        }
        TfliteOperator only = new TfliteOperator(
                operator.operator(),
                operator.version(),
                operator.inputs().stream().map(numbers::get).toList(),
                outputs,
                operator.options());
        List<TfliteSubgraph> subgraphs = new ArrayList<>(model.subgraphs());
        subgraphs.set(0, new TfliteSubgraph("operator", tensors, List.of(only), given, outputs));
        return new TfliteModel("", subgraphs, List.of(), Map.of());
    }

    private static TfliteTensor renamed(TfliteTensor tensor, String name, List<Integer> shape) {
        return new TfliteTensor(name, tensor.type(), shape, tensor.data(), tensor.quantization(), tensor.variable());
    }
}
