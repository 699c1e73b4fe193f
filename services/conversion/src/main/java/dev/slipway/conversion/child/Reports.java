package dev.slipway.conversion.child;

import dev.slipway.api.conversion.ParityReport;
import dev.slipway.edge.ConversionOutcome;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.report.ConversionReport;
import dev.slipway.edge.report.PrecisionReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the report of a conversion that is kept with it. */
final class Reports {
    private Reports() {}

    /** Of a file and its comparison on the test split. */
    static ConversionReport of(ChildRequest request, ConversionResult result, ParityReport parity, Duration taken) {
        Map<String, String> options = options(request);
        options.put("test split: samples", Integer.toString(parity.samples()));
        options.put("test split: greatest error", Double.toString(parity.maxAbsoluteError()));
        options.put("test split: cosine", String.valueOf(parity.cosine()));
        options.put("test split: accuracy", String.valueOf(parity.accuracy()));
        options.put("test split: accuracy of the ONNX model", String.valueOf(parity.sourceAccuracy()));
        return report(request, options, PrecisionReport.of(result.figures(), steps(taken)));
    }

    /** Of a file that is so far off that it is not compared on the test split. */
    static ConversionReport of(ChildRequest request, ConversionOutcome.Refused refused, Duration taken) {
        return report(request, options(request), PrecisionReport.of(refused, steps(taken)));
    }

    private static Map<String, String> options(ChildRequest request) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("target", request.target().name());
        options.put("precision", request.precision().name());
        options.put("layout", request.layout().name());
        options.put("calibrated", Boolean.toString(request.calibrated()));
        return options;
    }

    private static Map<String, Duration> steps(Duration taken) {
        return Map.of("convert", taken);
    }

    private static ConversionReport report(ChildRequest request, Map<String, String> options, PrecisionReport result) {
        return new ConversionReport(request.model(), options, request.converter(), List.of(result));
    }
}
