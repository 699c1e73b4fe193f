package dev.slipway.standalone.cli;

import dev.slipway.edge.ConversionOutcome;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.Evaluation;
import dev.slipway.edge.Precision;
import dev.slipway.edge.Target;
import dev.slipway.edge.quantise.QuantisationReport;
import dev.slipway.edge.report.ConversionReport;
import dev.slipway.edge.report.PrecisionReport;
import dev.slipway.kernel.SlipwayException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the command says of a conversion: the files that were written and, of precisions that there is no file of, the report.
 *
 * @param report of all precisions
 */
record ConversionAnswer(
        ConversionReport report,
        Target target,
        List<Made> made,
        List<ConversionOutcome.Refused> refused,
        Duration took) {

    /** Whether a file was written, or one that is not given out was measured. */
    boolean saysMoreThanTheFailure() {
        return !made.isEmpty() || isMeasured();
    }

    private boolean isMeasured() {
        return refused.stream().anyMatch(one -> one.figures().isPresent());
    }

    Map<String, Object> toObject() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", report.model());
        object.put("target", target.name());
        object.put("seconds", seconds());
        object.put(
                "results",
                made.stream()
                        .map(one -> one.toObject(of(one.result().precision())))
                        .toList());
        if (!refused.isEmpty()) {
            object.put(
                    "refused",
                    refused.stream()
                            .map(one -> toObject(one, of(one.precision())))
                            .toList());
        }
        return object;
    }

    String toText() {
        List<String> lines = new ArrayList<>();
        made.forEach(one -> lines.add(one.toText(of(one.result().precision()))));
        if (isMeasured()) {
            List<PrecisionReport> failed =
                    report.results().stream().filter(result -> !result.passed()).toList();
            lines.add(new ConversionReport(report.model(), report.options(), report.converterVersion(), failed)
                    .toShortText()
                    .stripTrailing());
        }
        lines.add(String.format(Locale.ROOT, "Took %.2f s", seconds()));
        return String.join(System.lineSeparator(), lines);
    }

    /** That of the first precision that there is no file of, telling of the others as well. */
    Optional<SlipwayException> failure() {
        return refused.stream().findFirst().map(first -> {
            if (made.isEmpty() && refused.size() == 1) {
                return first.reason();
            }
            String reasons = refused.stream()
                    .map(one -> one.precision() + ": " + one.reason().getMessage())
                    .collect(Collectors.joining(" "));
            SlipwayException reason = first.reason();
            return new SlipwayException(
                    reason.kind(), reason.code(), "Not every precision could be made. " + reasons, reason);
        });
    }

    private double seconds() {
        return took.toNanos() / 1e9;
    }

    private PrecisionReport of(Precision precision) {
        return report.results().stream()
                .filter(result -> result.precision().equals(precision.name()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> toObject(ConversionOutcome.Refused refused, PrecisionReport report) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("precision", refused.precision().name());
        object.put("code", refused.reason().code());
        object.put("reason", refused.reason().getMessage());
        refused.figures().ifPresent(figures -> {
            object.put("maxError", figures.parity().maximumError());
            object.put("cosine", figures.parity().cosine());
            object.put("runs", figures.parity().runs());
            report.firstJump()
                    .ifPresent(jump -> object.put("firstJump", jump.parity().name()));
        });
        return object;
    }

    /** One file that was written. */
    record Made(ConversionResult result, Path path, long size, Optional<Evaluation> accuracy) {

        private Map<String, Object> toObject(PrecisionReport report) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("precision", result.precision().name());
            object.put("output", path.toString());
            object.put("size", size);
            object.put("maxError", result.parity().maximumError());
            object.put("runs", result.parity().runs());
            object.put("cosine", result.parity().cosine());
            object.put("operators", result.operators());
            result.quantisation().ifPresent(quantisation -> {
                object.put("notes", report.warnings());
                object.put(
                        "keptFloat",
                        quantisation.keptFloat().stream()
                                .map(QuantisationReport.FloatLayer::name)
                                .toList());
            });
            accuracy.ifPresent(measured -> {
                object.put("onnxAccuracy", measured.onnxAccuracy());
                object.put("accuracy", measured.convertedAccuracy());
            });
            return object;
        }

        private String closeness() {
            return result.precision() == Precision.FP32
                    ? String.format(
                            Locale.ROOT, "within %.2g of", result.parity().maximumError())
                    : String.format(
                            Locale.ROOT, "cosine %.6f with", result.parity().cosine());
        }

        private String toText(PrecisionReport report) {
            String text = String.format(
                    Locale.ROOT,
                    "Wrote %s: %s, %,d bytes, %s ONNX Runtime in %d runs%s",
                    path,
                    result.precision(),
                    size,
                    closeness(),
                    result.parity().runs(),
                    result.operators().isEmpty() ? "" : ", operators " + result.operators());
            String notes = report.warnings().stream()
                    .map(note -> System.lineSeparator() + "  " + note)
                    .collect(Collectors.joining());
            return text
                    + notes
                    + accuracy.map(measured -> String.format(
                                    Locale.ROOT,
                                    "%nOf %,d samples right: %.2f %% before, %.2f %% after conversion",
                                    measured.rows(),
                                    100 * measured.onnxAccuracy(),
                                    100 * measured.convertedAccuracy()))
                            .orElse("");
        }
    }
}
