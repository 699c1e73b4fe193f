package dev.slipway.registry.mlflow;

import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.Stage;
import dev.slipway.api.registry.VersionDetails;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.mlflow.Absent;
import dev.slipway.mlflow.KeyValueMessage;
import dev.slipway.registry.Models;
import dev.slipway.registry.Tags;
import dev.slipway.registry.VersionLookup;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes models and versions as MLflow does, with all that belongs to them. */
@Singleton
final class Wire {
    /** The only status there is: a version is registered whole or not at all. */
    private static final String READY = "READY";

    private final Models models;
    private final VersionLookup lookup;
    private final Tags tags;

    Wire(Models models, VersionLookup lookup, Tags tags) {
        this.models = models;
        this.lookup = lookup;
        this.tags = tags;
    }

    WireModel model(Entity<ModelId, Model> model) {
        return models(List.of(model)).get(0);
    }

    List<WireModel> models(List<Entity<ModelId, Model>> page) {
        Map<ModelId, Map<String, String>> modelTags =
                tags.of(page.stream().map(Entity::id).toList());
        return page.stream()
                .map(model -> model(model, modelTags.get(model.id())))
                .toList();
    }

    private WireModel model(Entity<ModelId, Model> model, Map<String, String> itsTags) {
        List<Entity<ModelVersionId, ModelVersion>> latest = lookup.latest(model, EnumSet.allOf(Stage.class));
        return new WireModel(
                model.body().name(),
                model.created(),
                model.updated(),
                Absent.ifEmpty(model.body().description()),
                Absent.ifEmpty(versions(model, latest)),
                KeyValueMessage.of(itsTags),
                Absent.ifEmpty(aliases(model.body())));
    }

    private List<WireAlias> aliases(Model model) {
        Map<ModelVersionId, Integer> numbers = lookup.all(model.aliases().values()).stream()
                .collect(Collectors.toMap(Entity::id, version -> version.body().number()));
        return model.aliases().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(alias -> new WireAlias(alias.getKey(), String.valueOf(numbers.get(alias.getValue()))))
                .toList();
    }

    WireVersion version(Entity<ModelVersionId, ModelVersion> version) {
        return versions(List.of(version)).get(0);
    }

    /** Versions of any models. */
    List<WireVersion> versions(List<Entity<ModelVersionId, ModelVersion>> page) {
        Map<ModelId, Entity<ModelId, Model>> theirs =
                models
                        .all(page.stream()
                                .map(version -> version.body().model())
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Entity::id, Function.identity()));
        return versions(page, version -> theirs.get(version.model()));
    }

    List<WireVersion> versions(Entity<ModelId, Model> model, List<Entity<ModelVersionId, ModelVersion>> page) {
        return versions(page, version -> model);
    }

    private List<WireVersion> versions(
            List<Entity<ModelVersionId, ModelVersion>> page, Function<ModelVersion, Entity<ModelId, Model>> model) {
        Map<ModelVersionId, Map<String, String>> versionTags =
                tags.of(page.stream().map(Entity::id).toList());
        return page.stream()
                .map(version -> version(version, model.apply(version.body()).body(), versionTags.get(version.id())))
                .toList();
    }

    private static WireVersion version(
            Entity<ModelVersionId, ModelVersion> version, Model model, Map<String, String> itsTags) {
        VersionDetails details = version.body().details();
        return new WireVersion(
                model.name(),
                String.valueOf(version.body().number()),
                version.created(),
                version.updated(),
                details.user(),
                details.stage().label(),
                Given.orEmpty(details.description()),
                Given.orEmpty(details.source()),
                Given.orEmpty(details.runId()),
                READY,
                details.statusMessage(),
                KeyValueMessage.of(itsTags),
                Given.orEmpty(details.runLink()),
                Absent.ifEmpty(aliasesOf(model, version.id())),
                details.loggedModel());
    }

    private static List<String> aliasesOf(Model model, ModelVersionId version) {
        return model.aliases().entrySet().stream()
                .filter(alias -> alias.getValue().equals(version))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
