package dev.slipway.standalone.cli;

import dev.slipway.administration.GarbageCollection;
import dev.slipway.administration.GarbageReport;
import dev.slipway.kernel.SlipwayException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "gc",
        description = "Remove artifacts that nothing refers to. Services may run meanwhile.",
        footer = {"", "What was put lately is kept, because whoever put it may be about to refer to it."})
final class AdminGcCommand implements Runnable {
    private static final Duration SHORTEST = Duration.ofHours(1);

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            defaultValue = "24h",
            converter = TimeSpan.class,
            description = "Keep what was put within this time, as in 90m, 24h or 7d; an hour at least"
                    + " (default: ${DEFAULT-VALUE}).")
    private Duration olderThan;

    @Option(names = "--allow-young", description = "Allow less than an hour. Only right when nothing else is running.")
    private boolean allowYoung;

    @Option(names = "--dry-run", description = "Remove nothing; tell what would be removed.")
    private boolean dryRun;

    @Mixin
    private AdminStores stores;

    @Mixin
    private Output output;

    @Override
    public void run() {
        if (olderThan.compareTo(SHORTEST) < 0 && !allowYoung) {
            throw SlipwayException.invalid(
                    "gc.too-young",
                    "Less than an hour is too short while something runs: what was just put may not be referred to yet."
                            + " Stop everything, then give --allow-young.");
        }
        AdminProgress progress = AdminProgress.onStandardError();
        try {
            Instant cutoff = Instant.now().minus(olderThan);
            GarbageReport report = stores.withExisting(installation ->
                    stores.alone(() -> new GarbageCollection(installation, progress).run(cutoff, !dryRun)));
            progress.end();
            output.print(json(report), text(report));
        } finally {
            progress.end();
        }
    }

    private String text(GarbageReport report) {
        return "%s %d of %d artifacts, %d bytes; %d are too young to look at."
                .formatted(
                        dryRun ? "Would remove" : "Removed",
                        report.removed(),
                        report.artifacts(),
                        report.removedBytes(),
                        report.young());
    }

    private Map<String, Object> json(GarbageReport report) {
        return Map.of(
                "dryRun", dryRun,
                "artifacts", report.artifacts(),
                "young", report.young(),
                "removed", report.removed(),
                "removedBytes", report.removedBytes(),
                "keptLate", report.keptLate());
    }
}
