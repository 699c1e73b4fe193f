package dev.slipway.standalone.demo;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.Sample;
import dev.slipway.api.SampleFile;
import dev.slipway.api.labeling.ProjectCounts;
import dev.slipway.api.labeling.TaskState;
import dev.slipway.api.monitoring.DriftReport;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineStep;
import dev.slipway.api.training.StartPipeline;
import dev.slipway.api.training.StepRecord;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.AlertId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.PipelineRunId;
import io.micronaut.context.BeanLocator;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The way of a model, from labels to a phone and round again, on handwritten digits: label, release, deliver, watch, see
 * the world change, retrain, deliver again.
 */
public final class Demo {
    private static final long TRIGGER_SECONDS = 120;

    private final Services services;
    private final URI server;
    private final Path downloads;
    private final Progress progress;
    private final PipelineFollower follower;
    private final Digits images = Digits.load();

    /**
     * The demo, by the contracts that a process has.
     *
     * @param server the public address, from which phones fetch
     * @param downloads the folder to which the phones fetch
     */
    public Demo(BeanLocator process, URI server, Path downloads, PrintStream out) {
        this.services = Services.of(process);
        this.server = server;
        this.downloads = downloads;
        this.progress = new Progress(out);
        this.follower = new PipelineFollower(services.pipelines(), services.jobs(), progress);
    }

    /** Goes all the way. The first step that fails ends it with that step's exception. */
    public DemoReport run() {
        long start = System.nanoTime();
        progress.heading("From labels to a phone");
        DigitsProject digits = label();
        Production production = new Production(services, digits);
        StartPipeline once = new StartPipeline(null, "demo-" + UUID.randomUUID());
        PipelineRunId run = Patiently.call(
                () -> services.pipelines().start(digits.pipeline(), once).id());
        follower.follow(run, this::outcome);
        Patiently.run(() -> showQueue(digits));
        try (Phone first = deliver(downloads)) {
            Shift shift = Shift.after(first.manifest().release());
            LabelledImages clean = Patiently.call(production::pinnedTestSet);
            LabelledImages shifted = clean.shifted(shift, 1);
            DemoReport.Delivered before = Patiently.call(() -> delivered(production, first, clean, shifted));

            progress.heading("The world changes");
            AlertId alert = watch(digits, production, first, shift);

            progress.heading("Retraining, started by the alert");
            follower.follow(startedBy(digits, alert), this::outcome);
            try (Phone second = deliver(downloads)) {
                return new DemoReport(
                        shift,
                        before,
                        Patiently.call(() -> delivered(production, second, clean, shifted)),
                        progress.timings(),
                        (System.nanoTime() - start) / 1e9,
                        server.resolve("/graphql"));
            }
        }
    }

    private DigitsProject label() {
        return progress.step("labeling", () -> {
            DigitsProject digits = DigitsProject.set(services);
            services.labeling().importTasks(digits.project(), file(images.labelled(), true));
            services.labeling().importTasks(digits.project(), file(images.unlabelled(), false));
            ProjectCounts counts =
                    services.labeling().counts(List.of(digits.project())).get(0);
            return new Progress.Outcome<>(
                    digits,
                    text(
                            "project %s: %,d tasks with labels, %,d without",
                            DigitsProject.NAME, counts.labelled(), counts.unlabelled()));
        });
    }

    private SampleFile file(List<Digits.Digit> digits, boolean withLabels) {
        return services.sampleFiles()
                .write(digits.stream()
                        .map(digit -> new LabelledSample(
                                "digit-" + digit.number(), Sample.of(digit.image()), withLabels ? digit.label() : null))
                        .iterator());
    }

    private void showQueue(DigitsProject digits) {
        var queue = services.labeling()
                .tasks(digits.project(), TaskState.UNLABELLED, 3, null)
                .items();
        progress.text("    next in the queue: "
                + queue.stream()
                        .map(task -> text(
                                "%s (%s? uncertainty %.2f)",
                                task.body().key(),
                                task.body().prediction().label(),
                                task.body().prediction().uncertainty()))
                        .collect(Collectors.joining(", ")));
    }

    private Phone deliver(Path folder) {
        return progress.step("delivery", () -> {
            Phone phone = Phone.fetch(server, DigitsProject.NAME, DigitsProject.CHANNEL, folder);
            return new Progress.Outcome<>(
                    phone,
                    text(
                            "version %d, release %d over HTTP: signature and %d checksums verified",
                            phone.manifest().version(),
                            phone.manifest().release(),
                            phone.files().size()));
        });
    }

    /** Logs what a phone sees before and after the world changes, and returns the alert that is raised. */
    private AlertId watch(DigitsProject digits, Production production, Phone phone, Shift shift) {
        String stream = "release-" + phone.manifest().release();
        progress.step("usual stream", () -> {
            production.logPredictions(phone, production.usualImages().images(), stream + "/usual");
            DriftReport report = check(digits);
            if (report.drifted()) {
                throw SlipwayException.conflict(
                        "demo.false-alarm", "The usual stream was taken for drift: " + drift(report));
            }
            return new Progress.Outcome<>(report, drift(report));
        });
        return progress.step("shifted stream", () -> {
            List<Digits.Digit> seen = new ArrayList<>(images.field());
            seen.addAll(images.unlabelled());
            LabelledImages shifted =
                    LabelledImages.of(seen).shifted(shift, phone.manifest().release() + 1L);
            List<String> keys = production.logPredictions(phone, shifted.images(), stream + "/shifted");
            production.logLabels(keys, shifted.labels());
            DriftReport report = check(digits);
            if (!report.drifted()) {
                throw SlipwayException.conflict(
                        "demo.no-drift", "The shifted stream was not noticed: " + drift(report));
            }
            AlertId alert = services.monitoring()
                    .listAlerts(digits.monitor(), 1, null)
                    .items()
                    .get(0)
                    .id();
            return new Progress.Outcome<>(alert, drift(report) + " → alert");
        });
    }

    private DriftReport check(DigitsProject digits) {
        JobId job = services.monitoring().checkDrift(digits.monitor()).id();
        follower.await("drift check", job);
        return services.monitoring()
                .listReports(digits.monitor(), 1, null)
                .items()
                .get(0)
                .body();
    }

    /** The pipeline run that the trigger started because of the alert. */
    private PipelineRunId startedBy(DigitsProject digits, AlertId alert) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TRIGGER_SECONDS);
        while (System.nanoTime() < deadline) {
            var runs = Patiently.call(() ->
                    services.pipelines().listRuns(digits.retraining(), 1, null).items());
            if (!runs.isEmpty() && alert.equals(runs.get(0).body().cause())) {
                return runs.get(0).id();
            }
            PipelineFollower.pause();
        }
        throw SlipwayException.unavailable(
                "demo.no-trigger", "The alert started no pipeline within " + TRIGGER_SECONDS + " s.", null);
    }

    private static DemoReport.Delivered delivered(
            Production production, Phone phone, LabelledImages clean, LabelledImages shifted) {
        ModelVersion version = production.version().body();
        Map<String, Long> sizes = new TreeMap<>();
        Map<String, Double> parity = new TreeMap<>();
        for (ModelFile file : version.files()) {
            sizes.put(file.target().name(), file.size());
            parity.put(file.target().name(), file.maxAbsoluteError());
        }
        return new DemoReport.Delivered(
                version.number(),
                phone.manifest().release(),
                phone.accuracy(clean),
                phone.accuracy(shifted),
                sizes,
                parity);
    }

    private String outcome(StepRecord record) {
        PipelineOutputs outputs = record.outputs();
        PipelineStep step = record.step();
        if (step instanceof PipelineStep.CollectLabels) {
            return "labelled images from production imported as tasks";
        }
        if (step instanceof PipelineStep.ExportLabels) {
            return text("%,d accepted labels", outputs.samples().count());
        }
        if (step instanceof PipelineStep.CommitDataset) {
            return datasetOutcome(outputs);
        }
        if (step instanceof PipelineStep.Train) {
            return trainingOutcome(outputs);
        }
        if (step instanceof PipelineStep.Preannotate) {
            return "unlabelled tasks predicted, the least sure first in the queue";
        }
        ModelVersion version =
                services.registry().version(outputs.modelVersion()).body();
        if (step instanceof PipelineStep.Register) {
            return text("model %s, version %d", DigitsProject.NAME, version.number());
        }
        if (step instanceof PipelineStep.Convert) {
            return version.files().stream()
                    .map(file -> text("%s %,d B (error %.1e)", file.target(), file.size(), file.maxAbsoluteError()))
                    .collect(Collectors.joining(", "));
        }
        return text(
                "gates %s → alias, release, channel %s",
                version.gates().gates().stream().map(gate -> gate.name() + " ✓").collect(Collectors.joining(", ")),
                DigitsProject.CHANNEL);
    }

    private String datasetOutcome(PipelineOutputs outputs) {
        var version = services.datasets().version(outputs.datasetVersion()).body();
        return text(
                "version %d, content %s: %s",
                version.number(),
                version.content().hex().substring(0, 12),
                new TreeMap<>(version.splits())
                        .entrySet().stream()
                                .map(split -> split.getKey().name().toLowerCase(Locale.ROOT) + " "
                                        + split.getValue().count())
                                .collect(Collectors.joining(", ")));
    }

    private String trainingOutcome(PipelineOutputs outputs) {
        return services.training().data(List.of(outputs.run())).get(0).metrics().stream()
                .filter(metric ->
                        metric.key().startsWith("validation_") || metric.key().equals("test_accuracy"))
                .map(metric -> text("%s %.3f", metric.key().replace('_', ' '), metric.value()))
                .collect(Collectors.joining(", "));
    }

    private static String drift(DriftReport report) {
        return text(
                "%d predictions, greatest PSI %.2f, greatest KS %.2f, %.0f %% of features drifted: %s",
                report.samples(),
                report.maximumPsi(),
                report.maximumKs(),
                report.driftedShare() * 100,
                report.drifted() ? "drift" : "no drift");
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
