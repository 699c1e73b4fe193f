package dev.slipway.lineage.card;

import dev.slipway.api.monitoring.DriftReport;
import java.util.List;

/** Who delivers it, and how it does there. */
record ProductionSection(CardFacts facts, Markdown text) {
    void write() {
        text.heading(2, "In Production");
        if (facts.channels().isEmpty()) {
            text.paragraph("No channel delivers it.");
        } else {
            text.table(
                    List.of("channel", "release"),
                    facts.channels().stream()
                            .map(channel ->
                                    List.of(Markdown.escaped(channel.channel()), Integer.toString(channel.release())))
                            .toList());
        }
        if (!facts.drift().isEmpty()) {
            text.heading(3, "Drift");
            text.table(
                    List.of("until", "predictions", "accuracy", "greatest PSI", "features drifted", "drift"),
                    facts.drift().stream().map(report -> drift(report.body())).toList());
        }
    }

    private static List<String> drift(DriftReport report) {
        return List.of(
                CardRows.time(report.to()),
                Integer.toString(report.samples()),
                report.accuracy() == null ? "" : Double.toString(report.accuracy()),
                Double.toString(report.maximumPsi()),
                Double.toString(report.driftedShare()),
                report.drifted() ? "**yes**" : "no");
    }
}
