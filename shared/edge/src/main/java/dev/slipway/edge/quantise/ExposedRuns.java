package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.TfliteEmitter;
import dev.slipway.edge.optimise.RemoveUnused;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.TensorData;
import dev.slipway.tflite.TfliteWriter;
import dev.slipway.tflite.run.InterpreterSettings;
import dev.slipway.tflite.run.TfliteInterpreter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Runs variants of a graph that give out values from within it. */
final class ExposedRuns {
    /** So many values are given out at once, which bounds the memory that one run takes. */
    private static final int MOST_VALUES = 48;

    private static final String MISFIT = "tflite.input";

    private ExposedRuns() {}

    /** How often all samples are gone through for so many values. */
    static int passes(int values) {
        return (values + MOST_VALUES - 1) / MOST_VALUES;
    }

    /** Hands over each of the values as it is on each of the samples; the graph computes them from its inputs. */
    static void run(
            EdgeGraph graph,
            List<EdgeValue> values,
            CalibrationData samples,
            BiConsumer<EdgeValue, TensorData> consumer) {
        for (int begin = 0; begin < values.size(); begin += MOST_VALUES) {
            Map<String, EdgeValue> exposed = new LinkedHashMap<>();
            for (EdgeValue value : values.subList(begin, Math.min(values.size(), begin + MOST_VALUES))) {
                exposed.put("exposed" + exposed.size(), value);
            }
            EdgeGraph variant = new RemoveUnused().apply(new EdgeGraph(graph.operations(), graph.inputs(), exposed));
            try (TfliteInterpreter interpreter = open(variant)) {
                samples.forEach(sample -> evaluate(interpreter, sample)
                        .forEach((name, data) -> consumer.accept(exposed.get(name), data)));
            }
        }
    }

    /** Hands over the outputs, by name, on each of the samples. */
    static void outputs(EdgeGraph graph, CalibrationData samples, BiConsumer<String, TensorData> consumer) {
        try (TfliteInterpreter interpreter = open(graph)) {
            samples.forEach(sample -> evaluate(interpreter, sample).forEach(consumer));
        }
    }

    private static Map<String, TensorData> evaluate(TfliteInterpreter interpreter, Map<String, TensorData> sample) {
        try {
            return interpreter.evaluate(sample);
        } catch (SlipwayException e) {
            if (!e.code().equals(MISFIT)) {
                throw e;
            }
            throw SlipwayException.invalid(
                    "edge.calibration", "A calibration sample does not fit the model: " + e.getMessage(), e);
        }
    }

    /** By the plain kernels: XNNPACK (seen in 2.20) gives out garbage for inner values after inputs changed their size. */
    private static TfliteInterpreter open(EdgeGraph graph) {
        return TfliteInterpreter.open(
                TfliteWriter.write(TfliteEmitter.emit(graph, "")), new InterpreterSettings(1, false));
    }
}
