package dev.slipway.lineage.card;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.ParityReport;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.ConversionId;
import java.util.List;
import java.util.Optional;

/** What it was converted to. */
record FilesSection(CardFacts facts, Markdown text) {
    void write() {
        List<ModelFile> files = facts.version().body().files();
        text.heading(2, "Converted Files");
        if (files.isEmpty()) {
            text.paragraph("It was not converted yet.");
            return;
        }
        text.table(
                List.of(
                        "target",
                        "precision",
                        "layout",
                        "bytes",
                        "greatest error",
                        "same class",
                        "accuracy",
                        "SHA-256"),
                files.stream().map(this::file).toList());
        text.paragraph("Each was run beside the ONNX model before it was published.");
    }

    private List<String> file(ModelFile file) {
        Optional<ParityReport> report = facts.conversions().stream()
                .filter(conversion -> conversion.id().equals(file.conversion()))
                .map(Entity<ConversionId, Conversion>::body)
                .map(Conversion::report)
                .findFirst();
        return List.of(
                file.target().name(),
                file.precision().name(),
                file.layout().name(),
                Long.toString(file.size()),
                Double.toString(file.maxAbsoluteError()),
                report.map(found -> Double.toString(found.agreement()) + " of " + found.samples())
                        .orElse(""),
                report.map(ParityReport::accuracy)
                        .map(accuracy -> Double.toString(accuracy))
                        .orElse(""),
                "`" + file.artifact().hex() + "`");
    }
}
