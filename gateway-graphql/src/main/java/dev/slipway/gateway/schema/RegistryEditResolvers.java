package dev.slipway.gateway.schema;

import dev.slipway.api.conversion.Target;
import dev.slipway.api.registry.AliasName;
import dev.slipway.api.registry.Describe;
import dev.slipway.api.registry.EditTag;
import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.api.registry.RegistryEditsApi;
import dev.slipway.api.registry.SetPolicy;
import dev.slipway.api.training.Param;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What people say of registered models and versions, and what these are judged by. */
@Singleton
final class RegistryEditResolvers implements Resolvers {
    private final RegistryApi registry;
    private final RegistryEditsApi edits;

    RegistryEditResolvers(RegistryApi registry, RegistryEditsApi edits) {
        this.registry = registry;
        this.edits = edits;
    }

    @Override
    public void wire(Wiring wiring) {
        wiring.moreOf(Kinds.MODEL).fetch("tags", (model, request) -> request.load(Lookup.MODEL_TAGS, model.id())
                .thenApply(found -> found == null ? List.of() : byKey(found.tags())));
        wiring.moreOf(Kinds.MODEL_VERSION)
                .fetch("tags", (version, request) -> request.load(Lookup.VERSION_TAGS, version.id())
                        .thenApply(found -> found == null ? List.of() : byKey(found.tags())));
        wiring.root("Mutation")
                .fetch("describeModel", (none, request) -> describe(input(request)))
                .fetch("describeModelVersion", (none, request) -> describeVersion(input(request)))
                .fetch(
                        "setModelTag",
                        (none, request) -> tag(input(request), input(request).text("value")))
                .fetch("deleteModelTag", (none, request) -> tag(input(request), null))
                .fetch(
                        "setModelVersionTag",
                        (none, request) ->
                                tagVersion(input(request), input(request).text("value")))
                .fetch("deleteModelVersionTag", (none, request) -> tagVersion(input(request), null))
                .fetch("setModelAlias", (none, request) -> setAlias(input(request)))
                .fetch("deleteModelAlias", (none, request) -> deleteAlias(input(request)))
                .fetch("setModelPolicy", (none, request) -> setPolicy(input(request)));
    }

    private static List<Param> byKey(Map<String, String> tags) {
        return tags.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(tag -> new Param(tag.getKey(), tag.getValue()))
                .toList();
    }

    private static Arguments input(Request request) {
        return request.arguments().input("input");
    }

    private Object describe(Arguments input) {
        return edits.describe(input.id("model", Kinds.MODEL), new Describe(input.optionalText("description")));
    }

    private Object describeVersion(Arguments input) {
        return edits.describeVersion(
                input.id("modelVersion", Kinds.MODEL_VERSION), new Describe(input.optionalText("description")));
    }

    private Object tag(Arguments input, @Nullable String value) {
        ModelId model = input.id("model", Kinds.MODEL);
        edits.tag(model, new EditTag(input.text("key"), value));
        return registry.model(model);
    }

    private Object tagVersion(Arguments input, @Nullable String value) {
        ModelVersionId version = input.id("modelVersion", Kinds.MODEL_VERSION);
        edits.tagVersion(version, new EditTag(input.text("key"), value));
        return registry.version(version);
    }

    private Object setAlias(Arguments input) {
        return edits.setAlias(input.id("modelVersion", Kinds.MODEL_VERSION), new AliasName(input.text("alias")));
    }

    private Object deleteAlias(Arguments input) {
        return edits.deleteAlias(input.id("model", Kinds.MODEL), new AliasName(input.text("alias")));
    }

    private Object setPolicy(Arguments input) {
        return registry.setPolicy(
                input.id("model", Kinds.MODEL),
                new SetPolicy(
                        input.has("policy") ? policy(input.input("policy")) : null,
                        input.optionalId("pinnedTestSet", Kinds.DATASET_VERSION)));
    }

    private static GatePolicy policy(Arguments policy) {
        return new GatePolicy(
                policy.real("minimumAccuracy"),
                policy.real("maximumParityError"),
                policy.number("maximumFileSize"),
                policy.real("maximumAccuracyLoss"),
                policy.texts("targets").stream().map(Target::valueOf).collect(Collectors.toUnmodifiableSet()));
    }
}
