package dev.slipway.edge.report;

import dev.slipway.edge.ConversionFigures;
import dev.slipway.edge.ConversionOutcome;
import dev.slipway.edge.OutputParity;
import dev.slipway.edge.TensorParity;
import dev.slipway.edge.quantise.QuantisationReport;
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
 * @param failure why there is no file; empty if there is one
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
        Map<String, Duration> steps,
        Optional<String> failure) {
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
        this(
                precision,
                tolerance,
                OptionalDouble.empty(),
                outputs,
                tensors,
                fileBytes,
                operators,
                warnings,
                steps,
                Optional.empty());
    }

    /** Of a file that was converted and measured. */
    public static PrecisionReport of(ConversionFigures figures, Map<String, Duration> steps) {
        return new PrecisionReport(
                figures.precision().name(),
                figures.parity().tolerance(),
                figures.parity().minimumCosine(),
                figures.parity().outputs(),
                figures.tensors(),
                figures.fileBytes(),
                figures.operators(),
                figures.quantisation().map(QuantisationReport::notes).orElse(List.of()),
                steps,
                Optional.empty());
    }

    /** Of a precision that there is no file of, with what is known of the one that is not given out. */
    public static PrecisionReport of(ConversionOutcome.Refused refused, Map<String, Duration> steps) {
        PrecisionReport known = refused.figures()
                .map(figures -> of(figures, steps))
                .orElseGet(() -> new PrecisionReport(
                        refused.precision().name(), 0, List.of(), List.of(), 0, new TreeMap<>(), List.of(), steps));
        return known.failed(refused.reason().getMessage());
    }

    private PrecisionReport failed(String why) {
        return new PrecisionReport(
                precision,
                tolerance,
                minimumCosine,
                outputs,
                tensors,
                fileBytes,
                operators,
                warnings,
                steps,
                Optional.of(why));
    }

    /** Whether there is a file and every output of it is as close as it must be. */
    public boolean passed() {
        return failure.isEmpty() && outputs.stream().allMatch(this::passed);
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

    /**
     * The first tensor where the error jumps; where outputs are held to a least cosine, the first that does not reach that,
     * as every quantised tensor has errors.
     */
    public Optional<TensorParity> firstJump() {
        if (minimumCosine.isPresent()) {
            return tensors.stream().filter(tensor -> !passed(tensor.parity())).findFirst();
        }
        return TensorParity.firstJump(tensors, tolerance);
    }
}
