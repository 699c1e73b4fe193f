package dev.slipway.edge.report;

import dev.slipway.edge.OutputParity;
import dev.slipway.edge.TensorParity;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of one precision.
 *
 * @param precision its name
 * @param tolerance that the outputs are held to
 * @param minimumCosine what the cosine of an output must reach that is not within the tolerance; only precisions below
 *     float32 have one
 * @param outputs against ONNX Runtime
 * @param tensors in the order of computation, float against ONNX Runtime or this precision against float; empty unless
 *     asked for
 * @param fileBytes the size of the file
 * @param operators how often the file uses each
 * @param warnings what the reader should know, such as that float64 is computed in float32
 * @param steps how long each step took, in order
 */
public record PrecisionReport(
        String precision,
        double tolerance,
        OptionalDouble minimumCosine,
        List<OutputParity> outputs,
        List<TensorParity> tensors,
        long fileBytes,
        SortedMap<String, Integer> operators,
        List<String> warnings,
        Map<String, Duration> steps) {
    public PrecisionReport {
        outputs = List.copyOf(outputs);
        tensors = List.copyOf(tensors);
        operators = Collections.unmodifiableSortedMap(new TreeMap<>(operators));
        warnings = List.copyOf(warnings);
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }

    /** Of a result that should be equal but for rounding. */
    public PrecisionReport(
            String precision,
            double tolerance,
            List<OutputParity> outputs,
            List<TensorParity> tensors,
            long fileBytes,
            SortedMap<String, Integer> operators,
            List<String> warnings,
            Map<String, Duration> steps) {
        this(precision, tolerance, OptionalDouble.empty(), outputs, tensors, fileBytes, operators, warnings, steps);
    }

    /** Whether every output is as close as it must be. */
    public boolean passed() {
        return outputs.stream().allMatch(this::passed);
    }

    /** Whether this output alone is as close as it must be. */
    boolean passed(OutputParity output) {
        return output.within(tolerance)
                || (minimumCosine.isPresent() && output.cosine() >= minimumCosine.getAsDouble());
    }

    /** What outputs are held to, in words. */
    String criterion() {
        return minimumCosine.isPresent()
                ? "least cosine " + Figures.cosine(minimumCosine.getAsDouble())
                : "tolerance " + Figures.error(tolerance);
    }

    /** The first tensor where the error jumps. */
    public Optional<TensorParity> firstJump() {
        return TensorParity.firstJump(tensors, tolerance);
    }
}
