package dev.slipway.lineage.card;

import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.training.Param;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** What it was trained on, and how. */
record TrainingSection(CardFacts facts, Markdown text) {
    void write() {
        text.heading(2, "Training Details").heading(3, "Training Data");
        if (facts.data().isEmpty()) {
            text.paragraph("It is not known here what it was trained on.");
        }
        for (CardFacts.Data data : facts.data()) {
            data(data);
        }
        text.heading(3, "Training Procedure");
        if (facts.run().isEmpty()) {
            text.paragraph("No run that trained it is known here.");
            return;
        }
        CardFacts.Training run = facts.run().get();
        CardRows rows = new CardRows();
        rows.add("Run", run.run().body().name() + " (" + run.run().id() + ")");
        rows.add("Experiment", run.experiment());
        rows.add("Started", CardRows.time(run.run().body().started()));
        Long finished = run.run().body().finished();
        rows.add("Finished", finished == null ? null : CardRows.time(finished));
        rows.add("By", run.run().body().user());
        tagOf(run, "mlflow.source.git.commit").ifPresent(commit -> rows.add("Commit", commit));
        rows.table(text);
        List<List<String>> params = run.data().params().stream()
                .sorted(Comparator.comparing(Param::key))
                .map(param -> List.of(Markdown.escaped(param.key()), Markdown.escaped(param.value())))
                .toList();
        if (!params.isEmpty()) {
            text.heading(4, "Training Hyperparameters");
            CardRows.bounded(text, List.of("param", "value"), params);
        }
    }

    private static Optional<String> tagOf(CardFacts.Training run, String key) {
        return run.data().tags().stream()
                .filter(tag -> tag.key().equals(key))
                .map(Param::value)
                .findFirst();
    }

    private void data(CardFacts.Data data) {
        DatasetVersion version = data.version().body();
        text.paragraph(Markdown.escaped(data.dataset()) + ", version " + version.number() + ", content `"
                + version.content().hex() + "`: samples of the shape "
                + Markdown.escaped(version.sampleShape().toString())
                + " with values from " + version.statistics().minimum() + " to "
                + version.statistics().maximum() + ".");
        List<String> head = new ArrayList<>(List.of("split", "samples"));
        List<String> classes = CardRows.some(version.classes(), 30);
        classes.forEach(label -> head.add(Markdown.escaped(label)));
        List<List<String>> rows = new ArrayList<>();
        new TreeMap<>(version.splits()).forEach((name, split) -> {
            List<String> row = new ArrayList<>();
            row.add(name.name().toLowerCase(Locale.ROOT));
            row.add(Integer.toString(split.count()));
            for (int i = 0; i < classes.size(); i++) {
                row.add(
                        i < split.classCounts().size()
                                ? split.classCounts().get(i).toString()
                                : "");
            }
            rows.add(row);
        });
        text.table(head, rows);
    }
}
