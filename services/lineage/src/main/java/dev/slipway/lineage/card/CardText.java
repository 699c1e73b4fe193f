package dev.slipway.lineage.card;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.ParityReport;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.monitoring.DriftReport;
import dev.slipway.api.registry.GateReport;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.Stage;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.ConversionId;
import io.micronaut.core.annotation.Nullable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a card: the sections of Hugging Face's template that lineage or people say something to. */
final class CardText {
    private static final int MOST_ROWS = 200;
    private static final String UNTOLD = "Nobody has told. Set the tag `%s` of the version or its model.";

    /** Metrics of the machine that trained it. */
    private static final String LOAD = "system/";

    /** Metrics of a part of the data: {@code slice/night/accuracy}. */
    private static final Pattern SLICE = Pattern.compile("slice/(?<slice>[^/]+)/(?<metric>.+)");

    private final CardFacts facts;
    private final Markdown text = new Markdown();

    private CardText(CardFacts facts) {
        this.facts = facts;
    }

    static String of(CardFacts facts) {
        return FrontMatter.of(facts) + new CardText(facts).write();
    }

    private String write() {
        text.heading(1, "Model Card for " + Markdown.escaped(facts.name()) + ", version " + facts.number());
        facts.description().ifPresent(text::quote);
        details();
        uses();
        training();
        evaluation();
        files();
        production();
        provenance();
        return text.toString();
    }

    private void details() {
        ModelVersion version = facts.version().body();
        text.heading(2, "Model Details");
        List<List<String>> rows = new ArrayList<>();
        row(
                rows,
                "Developed by",
                facts.tag(CardTag.AUTHORS).orElse(version.details().user()));
        row(rows, "License", facts.tag(CardTag.LICENSE).orElse(null));
        row(rows, "Registered", time(facts.version().created()));
        row(
                rows,
                "Stage",
                version.details().stage() == Stage.NONE
                        ? null
                        : version.details().stage().label());
        row(rows, "Aliases", aliases());
        row(rows, "Input", version.inputShape().isEmpty() ? null : "one sample has the shape " + version.inputShape());
        row(
                rows,
                "Classes",
                version.classes().isEmpty()
                        ? null
                        : version.classes().size() + ": " + String.join(", ", some(version.classes(), 50)));
        row(rows, "Status", version.details().statusMessage());
        text.table(List.of("", ""), rows);
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

    private void uses() {
        text.heading(2, "Uses").heading(3, "Direct Use");
        told(CardTag.INTENDED_USE);
        text.heading(3, "Out-of-Scope Use");
        told(CardTag.OUT_OF_SCOPE);
        text.heading(2, "Bias, Risks, and Limitations");
        told(CardTag.LIMITATIONS);
    }

    private void told(CardTag tag) {
        Optional<String> words = facts.tag(tag);
        if (words.isPresent()) {
            text.quote(words.get());
        } else {
            text.paragraph(UNTOLD.formatted(tag.keys().get(0)));
        }
    }

    private void training() {
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
        List<List<String>> rows = new ArrayList<>();
        row(rows, "Run", run.run().body().name() + " (" + run.run().id() + ")");
        row(rows, "Experiment", run.experiment());
        row(rows, "Started", time(run.run().body().started()));
        Long finished = run.run().body().finished();
        row(rows, "Finished", finished == null ? null : time(finished));
        row(rows, "By", run.run().body().user());
        tagOf(run, "mlflow.source.git.commit").ifPresent(commit -> row(rows, "Commit", commit));
        text.table(List.of("", ""), rows);
        List<List<String>> params = run.data().params().stream()
                .sorted(Comparator.comparing(Param::key))
                .map(param -> List.of(Markdown.escaped(param.key()), Markdown.escaped(param.value())))
                .toList();
        if (!params.isEmpty()) {
            text.heading(4, "Training Hyperparameters");
            bounded(List.of("param", "value"), params);
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
        List<String> classes = some(version.classes(), 30);
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

    private void evaluation() {
        text.heading(2, "Evaluation");
        GateReport gates = facts.version().body().gates();
        if (gates != null) {
            text.heading(3, "Gates");
            text.paragraph((gates.passed() ? "All gates hold" : "Not all gates hold") + ", judged "
                    + time(gates.judged()) + ".");
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
            bounded(List.of("metric", "latest value"), whole);
        }
        if (!slices.isEmpty()) {
            text.heading(3, "Slices");
            bounded(List.of("slice", "metric", "latest value"), slices);
        }
        if (gates == null && metrics.isEmpty()) {
            text.paragraph("It was not judged yet, and no metrics are known here.");
        }
    }

    private void files() {
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

    private void production() {
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
                time(report.to()),
                Integer.toString(report.samples()),
                report.accuracy() == null ? "" : Double.toString(report.accuracy()),
                Double.toString(report.maximumPsi()),
                Double.toString(report.driftedShare()),
                report.drifted() ? "**yes**" : "no");
    }

    private void provenance() {
        ModelVersion version = facts.version().body();
        text.heading(2, "Provenance");
        List<List<String>> rows = new ArrayList<>();
        row(rows, "Version", facts.version().id().value());
        row(
                rows,
                "ONNX, SHA-256",
                version.onnx() == null ? null : version.onnx().hex());
        row(rows, "Registered from", version.details().source());
        row(
                rows,
                "Said to come from run",
                facts.run().isPresent() ? null : version.details().runId());
        row(rows, "To be seen at", version.details().runLink());
        facts.upstream()
                .forEach(node -> rows.add(
                        List.of("Made of " + node.type().wireName(), node.id().value())));
        bounded(List.of("", ""), rows);
    }

    private void bounded(List<String> head, List<List<String>> rows) {
        text.table(head, some(rows, MOST_ROWS));
        if (rows.size() > MOST_ROWS) {
            text.paragraph("… and " + (rows.size() - MOST_ROWS) + " more.");
        }
    }

    private static <T> List<T> some(List<T> all, int most) {
        return all.subList(0, Math.min(all.size(), most));
    }

    private static void row(List<List<String>> rows, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            rows.add(List.of(name, Markdown.escaped(value)));
        }
    }

    private static String time(long milliseconds) {
        return Instant.ofEpochMilli(milliseconds).toString();
    }
}
