package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings registered models over, with versions of the same numbers. */
final class ModelCopy {
    private static final String NO_STAGE = "None";
    private static final String LOGGED = "models:/m-";

    private final Target target;
    private final ImportPlan plan;
    private final Counts counts;
    private final Failures failures;

    ModelCopy(Target target, ImportPlan plan, Counts counts, Failures failures) {
        this.target = target;
        this.plan = plan;
        this.counts = counts;
        this.failures = failures;
    }

    /** @param runs of the source; when only some experiments are wanted, so are only the versions that come from these */
    void copy(SourceModel model, Set<String> runs) {
        List<SourceModel.Version> versions = model.versions().stream()
                .filter(version ->
                        plan.experiments().isEmpty() || (version.run() != null && runs.contains(version.run())))
                .toList();
        if (versions.isEmpty() && !plan.experiments().isEmpty()) {
            return;
        }
        counts.add(Kind.MODELS, 1, 0);
        counts.add(Kind.VERSIONS, versions.size(), 0);
        boolean there = failures.attempt("registered model '" + model.name() + "'", () -> open(model));
        if (!there) {
            return;
        }
        counts.add(Kind.MODELS, 0, 1);
        for (SourceModel.Version version : versions) {
            failures.attempt(
                    "version " + version.number() + " of '" + model.name() + "'", () -> copy(model.name(), version));
        }
        copyAliases(model, versions);
    }

    /** Makes the model, unless an earlier import from this source has. */
    private void open(SourceModel model) {
        Optional<Json> there = target.models().find(model.name());
        if (there.isEmpty()) {
            target.models().create(model, plan.sourceName());
        } else if (!plan.sourceName().equals(there.get().texts("tags").get(Target.MARK))) {
            throw SlipwayException.conflict(
                    "import.model-exists",
                    "There is a registered model of that name at " + target.name()
                            + " already, which came from elsewhere; rename one of them, or say with --source-name that"
                            + " both have the same source.");
        }
    }

    private void copy(String model, SourceModel.Version version) {
        Optional<Json> there = target.models().version(model, version.number());
        if (there.isEmpty()) {
            target.models().createVersion(model, version, loggedModel(version));
        }
        String stage = there.map(known -> known.text("current_stage")).orElse(NO_STAGE);
        if (!version.stage().equals(stage)) {
            target.models().setStage(model, version);
        }
        counts.add(
                Kind.VERSIONS,
                0,
                target.models().version(model, version.number()).isPresent() ? 1 : 0);
    }

    @Nullable
    private static String loggedModel(SourceModel.Version version) {
        if (version.loggedModel() != null) {
            return version.loggedModel();
        }
        return version.source().startsWith(LOGGED) ? version.source().substring(LOGGED.length() - "m-".length()) : null;
    }

    private void copyAliases(SourceModel model, List<SourceModel.Version> versions) {
        Map<String, Integer> wanted = new HashMap<>(model.aliases());
        wanted.values().removeIf(number -> versions.stream().noneMatch(version -> version.number() == number));
        counts.add(Kind.ALIASES, wanted.size(), 0);
        Map<String, String> there = aliases(model.name());
        wanted.forEach((alias, number) -> failures.attempt("alias '" + alias + "' of '" + model.name() + "'", () -> {
            if (!number.toString().equals(there.get(alias))) {
                target.models().setAlias(model.name(), alias, number);
            }
        }));
        Map<String, String> now = aliases(model.name());
        wanted.forEach(
                (alias, number) -> counts.add(Kind.ALIASES, 0, number.toString().equals(now.get(alias)) ? 1 : 0));
    }

    private Map<String, String> aliases(String model) {
        Map<String, String> aliases = new HashMap<>();
        target.models().find(model).ifPresent(found -> found.objects("aliases")
                .forEach(alias -> aliases.put(alias.required("alias"), alias.required("version"))));
        return aliases;
    }
}
