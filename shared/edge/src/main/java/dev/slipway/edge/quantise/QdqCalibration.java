package dev.slipway.edge.quantise;

import dev.slipway.edge.data.SampleSource;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.onnx.run.SessionSettings;
import dev.slipway.onnx.run.SessionValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What was seen of the float values of an ONNX model on typical inputs. */
final class QdqCalibration {
    /** So many values are given out at once, which bounds the memory that one run takes. */
    private static final int MOST_VALUES = 48;

    private static final String MISFIT = "onnx.input";

    private final Map<String, Histogram> histograms;

    private QdqCalibration(Map<String, Histogram> histograms) {
        this.histograms = histograms;
    }

    /** Runs the model; fails with {@code edge.calibration} if one of the values is not a number, naming it. */
    static QdqCalibration of(OnnxModel model, SampleSource samples, int most, Set<String> values) {
        Map<String, Histogram> histograms = new HashMap<>();
        Set<String> made = new LinkedHashSet<>();
        for (OnnxNode node : model.graph().nodes()) {
            node.outputs().stream().filter(values::contains).forEach(made::add);
        }
        try (var all = samples.samples()) {
            all.limit(most)
                    .forEach(sample -> sample.forEach((name, tensor) -> {
                        if (values.contains(name) && tensor.type() == ElementType.FLOAT32) {
                            add(histograms, name, tensor);
                        }
                    }));
        }
        run(model, List.copyOf(made), samples, most, (name, tensor) -> add(histograms, name, tensor));
        histograms.forEach((name, histogram) -> {
            if (histogram.hasNotANumber()) {
                throw SlipwayException.invalid(
                        "edge.calibration",
                        "The value '" + name + "' can't be calibrated: it contains NaN on the calibration samples."
                                + " Repair the samples or the model's weights.");
            }
        });
        return new QdqCalibration(histograms);
    }

    /** Hands over those of the values that are floats, on each of the samples, in the order in which they are given. */
    static void run(
            OnnxModel model,
            List<String> values,
            SampleSource samples,
            int most,
            BiConsumer<String, OnnxTensor> consumer) {
        OnnxGraph graph = model.graph();
        Set<String> declared = new HashSet<>();
        graph.outputs().forEach(output -> declared.add(output.name()));
        List<OnnxValue> outputs = new ArrayList<>();
        values.stream()
                .filter(value -> !declared.contains(value))
                .forEach(value -> outputs.add(OnnxValue.undeclared(value)));
        outputs.addAll(graph.outputs());
        SessionSettings settings = SessionSettings.standard().withOptimisation(SessionSettings.Optimisation.BASIC);
        try (OnnxSession session = OnnxSession.open(model.withGraph(graph.withOutputs(outputs)), settings)) {
            Set<String> floats = new HashSet<>();
            session.outputs().stream()
                    .filter(output -> output.type() == ElementType.FLOAT32)
                    .map(SessionValue::name)
                    .forEach(floats::add);
            List<String> wanted = values.stream().filter(floats::contains).toList();
            for (int begin = 0; begin < wanted.size(); begin += MOST_VALUES) {
                Set<String> part = Set.copyOf(wanted.subList(begin, Math.min(wanted.size(), begin + MOST_VALUES)));
                try (var all = samples.samples()) {
                    all.limit(most).forEach(sample -> evaluate(session, sample, part, consumer));
                }
            }
        }
    }

    private static void evaluate(
            OnnxSession session,
            Map<String, OnnxTensor> sample,
            Set<String> values,
            BiConsumer<String, OnnxTensor> consumer) {
        try {
            session.forEachOutput(sample, values, consumer);
        } catch (SlipwayException e) {
            if (!e.code().equals(MISFIT)) {
                throw e;
            }
            throw SlipwayException.invalid(
                    "edge.calibration", "A calibration sample does not fit the model: " + e.getMessage(), e);
        }
    }

    private static void add(Map<String, Histogram> histograms, String name, OnnxTensor tensor) {
        histograms
                .computeIfAbsent(name, key -> new Histogram())
                .add(tensor.data().asFloatBuffer());
    }

    /** Whether the value is float and all of it was finite. */
    boolean knows(String value) {
        return histograms.containsKey(value) && !histograms.get(value).isUnbounded();
    }

    Range range(String value, RangeMethod method, double levels) {
        return histograms.get(value).range(method, levels);
    }
}
