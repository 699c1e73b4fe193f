package dev.slipway.edge.quantise;

import dev.slipway.edge.data.SampleSource;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each node alone, computing with integers on what the float graph gives it, adds of errors. */
final class QdqSensitivity {
    private static final int SAMPLES = 2;

    private QdqSensitivity() {}

    /** The nodes that compute with integers, those that only move elements left out, the worst first. */
    static List<SensitiveOperation<OnnxNode>> of(OnnxModel model, QdqPlan plan, String domain, SampleSource samples) {
        Map<String, String> pairs = new HashMap<>();
        OnnxModel beside = model.withGraph(QdqGraph.beside(model.graph(), plan, domain, pairs));
        Map<String, OnnxNode> makers = new HashMap<>();
        List<String> exposed = new ArrayList<>();
        for (OnnxNode node : plan.rules().keySet()) {
            String output = node.outputs().get(0);
            if (pairs.containsKey(output)) {
                exposed.add(output);
                exposed.add(pairs.get(output));
                makers.put(output, node);
            }
        }
        Map<String, double[]> sums = new HashMap<>();
        Map<String, FloatBuffer> waiting = new HashMap<>();
        Map<String, String> exact = new HashMap<>();
        pairs.forEach((output, rounded) -> exact.put(rounded, output));
        QdqCalibration.run(beside, exposed, samples, SAMPLES, (name, tensor) -> {
            String output = exact.getOrDefault(name, name);
            FloatBuffer numbers = tensor.data().asFloatBuffer();
            FloatBuffer other = waiting.remove(output);
            if (other == null) {
                waiting.put(output, numbers);
            } else {
                boolean first = exact.containsKey(name);
                add(
                        sums.computeIfAbsent(output, key -> new double[2]),
                        first ? other : numbers,
                        first ? numbers : other);
            }
        });
        return sums.entrySet().stream()
                .map(entry -> entry(makers.get(entry.getKey()), error(entry.getValue())))
                .sorted(Comparator.<SensitiveOperation<OnnxNode>>comparingDouble(SensitiveOperation::error)
                        .reversed()
                        .thenComparing(SensitiveOperation::name))
                .toList();
    }

    private static SensitiveOperation<OnnxNode> entry(OnnxNode node, double error) {
        return new SensitiveOperation<>(node, node.outputs().get(0), node.operator(), error);
    }

    private static void add(double[] sums, FloatBuffer exact, FloatBuffer rounded) {
        while (exact.hasRemaining() && rounded.hasRemaining()) {
            double number = exact.get();
            double error = rounded.get() - number;
            sums[0] += number * number;
            sums[1] += error * error;
        }
    }

    private static double error(double[] sums) {
        return sums[1] == 0 ? 0 : sums[1] / Math.max(sums[0], Double.MIN_NORMAL);
    }
}
