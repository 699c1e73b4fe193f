package dev.slipway.monitoring;

import dev.slipway.api.monitoring.Monitor;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.runtime.caller.Callers;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the registry knows of the models that are watched. It is asked in the name of this service, because a device, which
 * may log predictions, may not look into the registry itself.
 */
@Singleton
final class ProductionModels {
    private final RegistryApi registry;
    private final Callers callers;

    ProductionModels(RegistryApi registry, Callers callers) {
        this.registry = registry;
        this.callers = callers;
    }

    void requireModel(ModelId id) {
        if (asService(() -> registry.models(List.of(id))).isEmpty()) {
            throw SlipwayException.notFound(
                    "monitoring.unknown-model", "There is no model " + id + "; register it first.");
        }
    }

    /** A version of the model that a monitor watches. */
    ModelVersion version(Monitor monitor, ModelVersionId id) {
        ModelVersion version = versions(List.of(id)).get(id);
        if (version == null || !version.model().equals(monitor.model())) {
            throw SlipwayException.notFound(
                    "monitoring.unknown-model-version",
                    "Model " + monitor.model() + ", which monitor '" + monitor.name() + "' watches, has no version "
                            + id + ".");
        }
        return version;
    }

    /** Those that exist of at most 1000. */
    Map<ModelVersionId, ModelVersion> versions(Collection<ModelVersionId> ids) {
        return asService(() -> registry.versions(List.copyOf(ids))).stream()
                .collect(Collectors.toMap(Entity::id, Entity::body));
    }

    /** The version that the channel of a monitor delivers now; {@code monitoring.no-release} when there is none. */
    Entity<ModelVersionId, ModelVersion> inProduction(Monitor monitor) {
        return asService(() -> registry.channels(monitor.model())).stream()
                .filter(channel -> channel.body().name().equals(monitor.channel()))
                .map(channel -> channel.body().release())
                .map(release -> one(() -> registry.releases(List.of(release)), "release " + release))
                .map(release -> release.body().version())
                .map(version -> one(() -> registry.versions(List.of(version)), "model version " + version))
                .findFirst()
                .orElseThrow(() -> SlipwayException.conflict(
                        "monitoring.no-release",
                        "Nothing is released on channel '" + monitor.channel() + "' of model " + monitor.model()
                                + ", so there is no training data to compare with; release a version first."));
    }

    private <E> E one(Supplier<List<E>> call, String what) {
        return asService(call).stream().findFirst().orElseThrow(() -> missing(what));
    }

    private static SlipwayException missing(String what) {
        return SlipwayException.notFound("monitoring.missing", "The registry names " + what + " but does not have it.");
    }

    private <T> T asService(Supplier<T> call) {
        return callers.callAs(Caller.service("monitoring", callers.workspace()), call);
    }
}
