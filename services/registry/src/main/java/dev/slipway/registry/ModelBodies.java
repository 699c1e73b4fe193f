package dev.slipway.registry;

import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.registry.Model;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.core.annotation.Nullable;
import java.util.HashMap;
import java.util.Map;

/** Changed copies of a model's body. */
final class ModelBodies {
    private ModelBodies() {}

    static Model named(Model model, String name) {
        return new Model(
                name,
                model.versions(),
                model.pinnedTestSet(),
                model.policy(),
                model.aliases(),
                model.description(),
                model.deleted());
    }

    static Model described(Model model, @Nullable String description) {
        return new Model(
                model.name(),
                model.versions(),
                model.pinnedTestSet(),
                model.policy(),
                model.aliases(),
                description,
                model.deleted());
    }

    static Model judgedBy(Model model, GatePolicy policy, @Nullable DatasetVersionId testSet) {
        return new Model(
                model.name(), model.versions(), testSet, policy, model.aliases(), model.description(), model.deleted());
    }

    /** The test set is pinned by the first version that has one, so that all are judged on the same samples. */
    static Model counted(Model model, int versions, @Nullable DatasetVersionId datasetVersion) {
        return new Model(
                model.name(),
                versions,
                model.pinnedTestSet() == null ? datasetVersion : model.pinnedTestSet(),
                model.policy(),
                model.aliases(),
                model.description(),
                model.deleted());
    }

    static Model withAlias(Model model, String alias, ModelVersionId version) {
        Map<String, ModelVersionId> aliases = new HashMap<>(model.aliases());
        aliases.put(alias, version);
        return withAliases(model, aliases);
    }

    static Model withoutAlias(Model model, String alias) {
        Map<String, ModelVersionId> aliases = new HashMap<>(model.aliases());
        aliases.remove(alias);
        return withAliases(model, aliases);
    }

    /** Without any name for this version. */
    static Model withoutAliasesOf(Model model, ModelVersionId version) {
        Map<String, ModelVersionId> aliases = new HashMap<>(model.aliases());
        aliases.values().removeIf(version::equals);
        return withAliases(model, aliases);
    }

    static Model deleted(Model model, long time) {
        return new Model(
                model.name(),
                model.versions(),
                model.pinnedTestSet(),
                model.policy(),
                Map.of(),
                model.description(),
                time);
    }

    private static Model withAliases(Model model, Map<String, ModelVersionId> aliases) {
        return new Model(
                model.name(),
                model.versions(),
                model.pinnedTestSet(),
                model.policy(),
                Map.copyOf(aliases),
                model.description(),
                model.deleted());
    }
}
