package dev.slipway.registry;

import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.Stage;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.IndexValue;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the versions of a model by number, alias and stage. Deleted ones are not among them. */
@Singleton
public final class VersionLookup {
    private static final String LATEST = "latest";

    private final Entities entities;

    VersionLookup(Entities entities) {
        this.entities = entities;
    }

    /** Those that exist of at most 1000, deleted ones too. */
    public List<Entity<ModelVersionId, ModelVersion>> all(Collection<ModelVersionId> ids) {
        return entities.getAll(RegistryKinds.VERSION, ids);
    }

    /** The version of that number, or {@code model-version.unknown}. */
    public Entity<ModelVersionId, ModelVersion> numbered(Entity<ModelId, Model> model, int number) {
        return entities
                .query(
                        RegistryKinds.VERSION,
                        RegistryKinds.OF_MODEL,
                        List.of(IndexValue.of(model.id()), IndexValue.of((long) number)),
                        true,
                        1,
                        null)
                .items()
                .stream()
                .findFirst()
                .orElseThrow(() -> SlipwayException.notFound(
                        "model-version.unknown",
                        "The model '" + model.body().name() + "' has no version " + number + "."));
    }

    /**
     * The version that goes by the alias; {@code latest} means the one of the highest number. Fails with {@code
     * model.alias-unknown}, which MLflow's clients are to see as a parameter that is not valid.
     */
    public Entity<ModelVersionId, ModelVersion> aliased(Entity<ModelId, Model> model, String alias) {
        ModelNames.checkAlias(alias);
        if (alias.equalsIgnoreCase(LATEST)) {
            return newest(model)
                    .orElseThrow(() -> SlipwayException.notFound(
                            "model-version.unknown",
                            "The model '" + model.body().name() + "' has no version yet."));
        }
        ModelVersionId id = model.body().aliases().get(alias);
        if (id == null) {
            throw SlipwayException.invalid(
                    "model.alias-unknown",
                    "No version of the model '" + model.body().name() + "' goes by the alias '" + alias + "'.");
        }
        return entities.get(RegistryKinds.VERSION, id);
    }

    /** The newest version in each of the stages that has one, by number. */
    public List<Entity<ModelVersionId, ModelVersion>> latest(Entity<ModelId, Model> model, Set<Stage> stages) {
        if (model.body().versions() == 0) {
            return List.of();
        }
        return Arrays.stream(Stage.values())
                .filter(stages::contains)
                .flatMap(stage -> inStage(model.id(), stage, 1).stream())
                .sorted(Comparator.comparing(version -> version.body().number()))
                .toList();
    }

    /** Versions in a stage, newest first. */
    List<Entity<ModelVersionId, ModelVersion>> inStage(ModelId model, Stage stage, int limit) {
        return entities.query(
                        RegistryKinds.VERSION,
                        RegistryKinds.IN_STAGE,
                        List.of(IndexValue.of(model), IndexValue.of(stage)),
                        true,
                        limit,
                        null)
                .items();
    }

    /** Versions of a model, newest first. */
    List<Entity<ModelVersionId, ModelVersion>> newest(ModelId model, int limit) {
        return entities.query(
                        RegistryKinds.VERSION, RegistryKinds.OF_MODEL, List.of(IndexValue.of(model)), true, limit, null)
                .items();
    }

    private Optional<Entity<ModelVersionId, ModelVersion>> newest(Entity<ModelId, Model> model) {
        return newest(model.id(), 1).stream().findFirst();
    }
}
