package dev.slipway.edge.quantise;

import dev.slipway.edge.ConversionListener;
import dev.slipway.edge.ConversionStep;
import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.tflite.TensorData;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each operation alone, computing with integers on what the float graph gives it, adds of errors. */
final class Sensitivity {
    private static final int MOST_SAMPLES = 4;

    private Sensitivity() {}

    /** Puts the quantised operation beside the float one, on the same inputs, and gives what it makes as floats. */
    interface Beside {
        EdgeValue add(EdgeOperation operation, List<EdgeOperation> added);
    }

    /** The worst of the operations first. */
    static List<SensitiveOperation<EdgeOperation>> of(
            EdgeGraph graph,
            List<EdgeOperation> operations,
            Beside beside,
            CalibrationData samples,
            ConversionListener listener) {
        List<EdgeOperation> all = new ArrayList<>(graph.operations());
        List<EdgeValue> exposed = new ArrayList<>();
        Map<EdgeValue, EdgeOperation> exact = new HashMap<>();
        Map<EdgeValue, Noise> errors = new HashMap<>();
        for (EdgeOperation operation : operations) {
            EdgeValue rounded = beside.add(operation, all);
            // Both of a pair are given out by the same run, the exact one first.
            exposed.add(operation.output());
            exposed.add(rounded);
            exact.put(operation.output(), operation);
            errors.put(rounded, new Noise(operation));
        }
        FloatBuffer[] last = new FloatBuffer[1];
        ExposedRuns.run(
                new EdgeGraph(all, graph.inputs(), graph.outputs()),
                exposed,
                new CountedRuns(
                        samples.first(MOST_SAMPLES),
                        ExposedRuns.passes(exposed.size()),
                        listener,
                        ConversionStep.MEASURE),
                (value, data) -> {
                    FloatBuffer numbers = numbers(data);
                    if (exact.containsKey(value)) {
                        last[0] = numbers;
                    } else {
                        errors.get(value).add(last[0], numbers);
                    }
                });
        return errors.values().stream()
                .map(Noise::entry)
                .sorted(Comparator.<SensitiveOperation<EdgeOperation>>comparingDouble(SensitiveOperation::error)
                        .reversed()
                        .thenComparing(SensitiveOperation::name))
                .toList();
    }

    private static FloatBuffer numbers(TensorData data) {
        return data.data().asFloatBuffer();
    }

    /** Sums over the samples. */
    private static final class Noise {
        private final EdgeOperation operation;
        private double signal;
        private double noise;

        Noise(EdgeOperation operation) {
            this.operation = operation;
        }

        void add(FloatBuffer exact, FloatBuffer rounded) {
            while (exact.hasRemaining() && rounded.hasRemaining()) {
                double number = exact.get();
                double error = rounded.get() - number;
                signal += number * number;
                noise += error * error;
            }
        }

        SensitiveOperation<EdgeOperation> entry() {
            return new SensitiveOperation<>(
                    operation,
                    operation.output().name(),
                    operation.operator().name(),
                    noise == 0 ? 0 : noise / Math.max(signal, Double.MIN_NORMAL));
        }
    }
}
