package dev.slipway.edge.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of converting a model.
 *
 * @param model its name or path
 * @param options that the conversion was asked for, by name, in the order to show them
 * @param converterVersion the version of this library
 * @param results one for each file that was asked for
 */
public record ConversionReport(
        String model, Map<String, String> options, String converterVersion, List<PrecisionReport> results) {
    private static final int MOST_TENSORS = 20;

    public ConversionReport {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        results = List.copyOf(results);
    }

    /** Whether every result is within its tolerance. */
    public boolean passed() {
        return results.stream().allMatch(PrecisionReport::passed);
    }

    /** Aligned tables. */
    public String toText() {
        return new TextReport(this, Integer.MAX_VALUE).write();
    }

    /** The same for a terminal: of many tensors, only those about the one where the error jumps. */
    public String toShortText() {
        return new TextReport(this, MOST_TENSORS).write();
    }

    /** A JSON object; numbers that are infinite or no numbers are null. */
    public String toJson() {
        return new JsonReport(this).write();
    }

    /** A page of its own: it refers to nothing outside and runs no script. */
    public String toHtml() {
        return new PageReport(this).write();
    }
}
