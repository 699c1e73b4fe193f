package dev.slipway.conversion.child;

import dev.slipway.api.conversion.ParityReport;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.quantise.QuantisationReport;
import dev.slipway.edge.report.ConversionReport;
import dev.slipway.edge.report.PrecisionReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the report of a conversion that is kept with it. */
final class Reports {
    private Reports() {}

    static ConversionReport of(ChildRequest request, ConversionResult result, ParityReport parity, Duration taken) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("target", request.target().name());
        options.put("precision", request.precision().name());
        options.put("layout", request.layout().name());
        options.put("calibrated", Boolean.toString(request.calibrated()));
        options.put("test split: samples", Integer.toString(parity.samples()));
        options.put("test split: greatest error", Double.toString(parity.maxAbsoluteError()));
        options.put("test split: cosine", String.valueOf(parity.cosine()));
        options.put("test split: accuracy", Double.toString(parity.accuracy()));
        options.put("test split: accuracy of the ONNX model", Double.toString(parity.sourceAccuracy()));
        return new ConversionReport(
                request.model(),
                options,
                request.converter(),
                List.of(new PrecisionReport(
                        result.precision().name(),
                        // Where a least cosine counts, there is no tolerance to fail.
                        result.parity().minimumCosine().isPresent()
                                ? Double.POSITIVE_INFINITY
                                : result.parity().tolerance(),
                        result.parity().outputs(),
                        List.of(),
                        result.file().length,
                        result.operators(),
                        warnings(result),
                        Map.of("convert", taken))));
    }

    private static List<String> warnings(ConversionResult result) {
        List<String> warnings = new ArrayList<>();
        result.parity()
                .minimumCosine()
                .ifPresent(least -> warnings.add("The outputs are held to a cosine of at least " + least
                        + " with the float model's, not to a tolerance."));
        result.quantisation().map(QuantisationReport::notes).ifPresent(warnings::addAll);
        return warnings;
    }
}
