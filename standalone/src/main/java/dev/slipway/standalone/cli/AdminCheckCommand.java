package dev.slipway.standalone.cli;

import dev.slipway.administration.Check;
import dev.slipway.administration.CheckReport;
import dev.slipway.administration.Finding;
import dev.slipway.administration.Finding.Problem;
import dev.slipway.administration.Section;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.standalone.LocalInstallation;
import dev.slipway.standalone.admin.ServicesRules;
import io.micronaut.serde.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description = "Look whether indexes, edges, facets and artifacts fit together.",
        footer = {
            "",
            "The exit code is 0 when all is well or was mended, and 5 when something is wrong. Stop the services before",
            "you repair. What is missing or corrupt can't be mended from here: restore a backup, or put it again."
        })
final class AdminCheckCommand implements Callable<Integer> {
    @Option(names = "--repair", description = "Mend indexes, and remove edges and facets of what does not exist.")
    private boolean repair;

    @Option(names = "--quick", description = "Don't read artifacts; only look that those which are needed are there.")
    private boolean quick;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many findings to tell one by one (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    private AdminStores stores;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        AdminProgress progress = AdminProgress.onStandardError();
        try {
            CheckReport report = check(progress);
            progress.end();
            output.print(json(report), text(report));
            return report.isClean() ? 0 : FailureReporter.exitCode(ErrorKind.CONFLICT);
        } finally {
            progress.end();
        }
    }

    private CheckReport check(AdminProgress progress) {
        return stores.withExisting(installation -> {
            try (LocalInstallation local = LocalInstallation.open(stores.data())) {
                ServicesRules rules = new ServicesRules(local.bean(ObjectMapper.class), installation.artifacts());
                Check.Options options = new Check.Options(!quick, repair, Math.max(0, limit));
                return new Check(installation, rules, options, progress).run();
            }
        });
    }

    private static String text(CheckReport report) {
        StringBuilder text = new StringBuilder("%-18s %10s %10s%n".formatted("problem", "found", "repaired"));
        for (Problem problem : Problem.values()) {
            text.append("%-18s %10d %10d%n"
                    .formatted(
                            problem.code(),
                            report.found().getOrDefault(problem, 0L),
                            report.repaired().getOrDefault(problem, 0L)));
        }
        for (Finding finding : report.findings()) {
            text.append("%n%s: %s: %s%s"
                    .formatted(
                            finding.problem().code(),
                            finding.where(),
                            finding.detail(),
                            finding.repaired() ? " (repaired)" : ""));
        }
        long all = report.found().values().stream().mapToLong(Long::longValue).sum();
        if (all > report.findings().size()) {
            text.append("%n… and %d more; --limit tells more of them"
                    .formatted(all - report.findings().size()));
        }
        text.append("%n%s".formatted(report.isClean() ? "All is well." : "Something is wrong."));
        return text.toString();
    }

    private static Map<String, Object> json(CheckReport report) {
        Map<String, Object> checked = new LinkedHashMap<>();
        for (Section section : Section.values()) {
            if (report.checked().containsKey(section)) {
                checked.put(section.plural(), report.checked().get(section));
            }
        }
        Map<String, Object> found = new LinkedHashMap<>();
        Map<String, Object> repaired = new LinkedHashMap<>();
        for (Problem problem : Problem.values()) {
            found.put(problem.code(), report.found().getOrDefault(problem, 0L));
            repaired.put(problem.code(), report.repaired().getOrDefault(problem, 0L));
        }
        List<Map<String, Object>> findings = report.findings().stream()
                .map(finding -> Map.<String, Object>of(
                        "problem", finding.problem().code(),
                        "where", finding.where(),
                        "detail", finding.detail(),
                        "repaired", finding.repaired()))
                .toList();
        return Map.of(
                "clean",
                report.isClean(),
                "checked",
                checked,
                "found",
                found,
                "repaired",
                repaired,
                "findings",
                findings);
    }
}
