package dev.slipway.lineage.card;

import dev.slipway.api.registry.GateReport;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.kernel.id.DatasetVersionId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The YAML at a card's head, with the fields that Hugging Face knows. */
final class FrontMatter {
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z0-9][a-z0-9.+-]{0,63}");

    private final StringBuilder yaml = new StringBuilder();

    private FrontMatter() {}

    static String of(CardFacts facts) {
        return new FrontMatter().write(facts);
    }

    private String write(CardFacts facts) {
        yaml.append("---\n");
        license(facts);
        facts.tag(CardTag.LANGUAGE).ifPresent(language -> field("language", language));
        facts.tag(CardTag.TASK).ifPresent(task -> field("pipeline_tag", task));
        if (facts.version().body().onnx() != null) {
            field("library_name", "onnx");
        }
        list(
                "tags",
                Stream.concat(
                                Stream.of("slipway"),
                                facts.version().body().files().stream().map(FrontMatter::format))
                        .distinct()
                        .toList());
        list(
                "datasets",
                facts.data().stream().map(CardFacts.Data::dataset).distinct().toList());
        GateReport gates = facts.version().body().gates();
        if (gates != null && gates.accuracy() != null) {
            results(facts, gates.accuracy());
        }
        return yaml.append("---\n").toString();
    }

    private static String format(ModelFile file) {
        return file.target().name().toLowerCase(Locale.ROOT);
    }

    /** One that Hugging Face may know by its identifier; any other by its name. */
    private void license(CardFacts facts) {
        facts.tag(CardTag.LICENSE).ifPresent(license -> {
            String lower = license.strip().toLowerCase(Locale.ROOT);
            if (IDENTIFIER.matcher(lower).matches()) {
                field("license", lower);
            } else {
                field("license", "other");
                field("license_name", license.strip());
            }
        });
        facts.tag(CardTag.LICENSE_LINK).ifPresent(link -> field("license_link", link.strip()));
    }

    private void results(CardFacts facts, double accuracy) {
        list("metrics", List.of("accuracy"));
        yaml.append("model-index:\n- name: ").append(Yaml.quoted(facts.name())).append('\n');
        yaml.append("  results:\n  - task:\n      type: ")
                .append(Yaml.quoted(facts.tag(CardTag.TASK).orElse("other")))
                .append('\n');
        DatasetVersionId testSet = facts.version().body().gates().testSet();
        String dataset = facts.data().stream()
                .filter(data -> data.version().id().equals(testSet))
                .map(CardFacts.Data::dataset)
                .findFirst()
                .orElse("pinned test set");
        yaml.append("    dataset:\n      name: ")
                .append(Yaml.quoted(dataset))
                .append("\n      type: ")
                .append(Yaml.quoted(dataset))
                .append("\n      split: \"test\"\n");
        yaml.append("    metrics:\n    - type: \"accuracy\"\n      value: ")
                .append(accuracy)
                .append('\n');
    }

    private void field(String name, String value) {
        yaml.append(name).append(": ").append(Yaml.quoted(value)).append('\n');
    }

    private void list(String name, List<String> values) {
        if (!values.isEmpty()) {
            yaml.append(name).append(":\n");
            values.forEach(value -> yaml.append("- ").append(Yaml.quoted(value)).append('\n'));
        }
    }
}
