package dev.slipway.lineage.card;

import dev.slipway.api.registry.GateReport;
import dev.slipway.api.training.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How it was judged. */
record EvaluationSection(CardFacts facts, Markdown text) {
    /** Metrics of the machine that trained it. */
    private static final String LOAD = "system/";

    /** Metrics of a part of the data: {@code slice/night/accuracy}. */
    private static final Pattern SLICE = Pattern.compile("slice/(?<slice>[^/]+)/(?<metric>.+)");

    void write() {
        text.heading(2, "Evaluation");
        GateReport gates = facts.version().body().gates();
        if (gates != null) {
            text.heading(3, "Gates");
            text.paragraph((gates.passed() ? "All gates hold" : "Not all gates hold") + ", judged "
                    + CardRows.time(gates.judged()) + ".");
            text.table(
                    List.of("gate", "holds", "found"),
                    gates.gates().stream()
                            .map(gate -> List.of(
                                    Markdown.escaped(gate.name()),
                                    gate.passed() ? "yes" : "**no**",
                                    Markdown.escaped(gate.detail())))
                            .toList());
        }
        List<Metric> metrics = facts.run().map(run -> run.data().metrics()).orElse(List.of()).stream()
                .filter(metric -> !metric.key().startsWith(LOAD))
                .sorted(Comparator.comparing(Metric::key))
                .toList();
        List<List<String>> whole = new ArrayList<>();
        List<List<String>> slices = new ArrayList<>();
        for (Metric metric : metrics) {
            Matcher slice = SLICE.matcher(metric.key());
            String value = Double.toString(metric.value());
            if (slice.matches()) {
                slices.add(List.of(
                        Markdown.escaped(slice.group("slice")), Markdown.escaped(slice.group("metric")), value));
            } else {
                whole.add(List.of(Markdown.escaped(metric.key()), value));
            }
        }
        if (!whole.isEmpty()) {
            text.heading(3, "Results");
            CardRows.bounded(text, List.of("metric", "latest value"), whole);
        }
        if (!slices.isEmpty()) {
            text.heading(3, "Slices");
            CardRows.bounded(text, List.of("slice", "metric", "latest value"), slices);
        }
        if (gates == null && metrics.isEmpty()) {
            text.paragraph("It was not judged yet, and no metrics are known here.");
        }
    }
}
