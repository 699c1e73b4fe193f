package dev.slipway.lineage.card;

import dev.slipway.api.registry.ModelVersion;

/** What it was made of. */
record ProvenanceSection(CardFacts facts, Markdown text) {
    void write() {
        ModelVersion version = facts.version().body();
        text.heading(2, "Provenance");
        CardRows rows = new CardRows();
        rows.add("Version", facts.version().id().value());
        rows.add("ONNX, SHA-256", version.onnx() == null ? null : version.onnx().hex());
        rows.add("Registered from", version.details().source());
        rows.add(
                "Said to come from run",
                facts.run().isPresent() ? null : version.details().runId());
        rows.add("To be seen at", version.details().runLink());
        facts.upstream()
                .forEach(node ->
                        rows.add("Made of " + node.type().wireName(), node.id().value()));
        rows.table(text);
    }
}
