package dev.slipway.lineage.card;

import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.Stage;
import io.micronaut.core.annotation.Nullable;
import java.util.List;
import java.util.Map;

/** What it is and who made it. */
record DetailsSection(CardFacts facts, Markdown text) {
    void write() {
        ModelVersion version = facts.version().body();
        text.heading(2, "Model Details");
        CardRows rows = new CardRows();
        rows.add(
                "Developed by",
                facts.tag(CardTag.AUTHORS).orElse(version.details().user()));
        rows.add("License", facts.tag(CardTag.LICENSE).orElse(null));
        rows.add("Registered", CardRows.time(facts.version().created()));
        rows.add(
                "Stage",
                version.details().stage() == Stage.NONE
                        ? null
                        : version.details().stage().label());
        rows.add("Aliases", aliases());
        rows.add("Input", version.inputShape().isEmpty() ? null : "one sample has the shape " + version.inputShape());
        rows.add(
                "Classes",
                version.classes().isEmpty()
                        ? null
                        : version.classes().size() + ": " + String.join(", ", CardRows.some(version.classes(), 50)));
        rows.add("Status", version.details().statusMessage());
        rows.table(text);
    }

    @Nullable
    private String aliases() {
        List<String> names = facts.model().aliases().entrySet().stream()
                .filter(alias -> alias.getValue().equals(facts.version().id()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return names.isEmpty() ? null : String.join(", ", names);
    }
}
