package dev.slipway.standalone.demo;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the demo found, and how it is told. */
public record DemoReport(
        Shift shift, Delivered before, Delivered after, List<Progress.Timing> timings, double seconds, URI graphql) {
    /**
     * A version as a phone got it.
     *
     * @param clean accuracy on the pinned test set, 0 to 1
     * @param shifted accuracy on the same images after the shift, 0 to 1
     * @param sizes of its files in bytes, by target
     * @param parity the greatest absolute error of its files against the ONNX model, by target
     */
    record Delivered(
            int version,
            int release,
            double clean,
            double shifted,
            Map<String, Long> sizes,
            Map<String, Double> parity) {}

    /** The report as text for people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        row(text, "", "before", "after");
        row(text, "model version", before.version(), after.version());
        row(text, "release", before.release(), after.release());
        row(text, "accuracy, clean images", percent(before.clean()), percent(after.clean()));
        row(text, "accuracy, " + shiftName() + " images", percent(before.shifted()), percent(after.shifted()));
        for (String target : before.sizes().keySet()) {
            row(
                    text,
                    target + " size",
                    bytes(before.sizes().get(target)),
                    bytes(after.sizes().get(target)));
            row(
                    text,
                    target + " parity error",
                    error(before.parity().get(target)),
                    error(after.parity().get(target)));
        }
        text.append(String.format(Locale.ROOT, "%n  %-30s %12s%n", "step", "time"));
        timings.forEach(timing ->
                text.append(String.format(Locale.ROOT, "  %-30s %10.1f s%n", timing.step(), timing.seconds())));
        text.append(String.format(Locale.ROOT, "  %-30s %10.1f s%n", "in all", seconds));
        return text.append(System.lineSeparator())
                .append("  GraphQL  ")
                .append(graphql)
                .toString();
    }

    /** The report for scripts. */
    public Map<String, Object> json() {
        Map<String, Object> steps = new LinkedHashMap<>();
        timings.forEach(timing -> steps.merge(timing.step(), timing.seconds(), (a, b) -> (double) a + (double) b));
        return Map.of(
                "shift", shiftName(),
                "before", json(before),
                "after", json(after),
                "steps", steps,
                "seconds", seconds,
                "graphql", graphql.toString());
    }

    private static Map<String, Object> json(Delivered delivered) {
        return Map.of(
                "version", delivered.version(),
                "release", delivered.release(),
                "cleanAccuracy", delivered.clean(),
                "shiftedAccuracy", delivered.shifted(),
                "sizes", delivered.sizes(),
                "parityErrors", delivered.parity());
    }

    private String shiftName() {
        return shift.name().toLowerCase(Locale.ROOT);
    }

    private static void row(StringBuilder text, String name, Object first, Object second) {
        text.append(String.format(Locale.ROOT, "  %-30s %12s %12s%n", name, first, second));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String bytes(long size) {
        return String.format(Locale.ROOT, "%,d B", size);
    }

    private static String error(double error) {
        return String.format(Locale.ROOT, "%.1e", error);
    }
}
