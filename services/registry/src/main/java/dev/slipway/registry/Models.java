package dev.slipway.registry;

import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.registry.CreateModel;
import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.registry.Model;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes models, each under a name of its own. */
@Singleton
final class Models {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,99}");

    private final Entities entities;
    private final Provider<DatasetApi> datasets;

    Models(Entities entities, Provider<DatasetApi> datasets) {
        this.entities = entities;
        this.datasets = datasets;
    }

    Optional<Entity<ModelId, Model>> named(String name) {
        return NAME.matcher(name).matches()
                ? entities.claimed(RegistryKinds.MODEL, RegistryClaims.model(name))
                : Optional.empty();
    }

    Entity<ModelId, Model> create(CreateModel request) {
        if (!NAME.matcher(request.name()).matches()) {
            throw SlipwayException.invalid(
                    "model.name",
                    "'" + request.name() + "' can't name a model, because the name stands in download addresses: use up"
                            + " to 100 of a-z, 0-9, '-' and '_', beginning with a letter.");
        }
        return Retries.onConflict(() -> named(request.name()).orElseGet(() -> make(request)));
    }

    private Entity<ModelId, Model> make(CreateModel request) {
        GatePolicy policy = request.policy() == null ? GatePolicy.DEFAULT : request.policy();
        check(policy);
        checkTestSet(request.pinnedTestSet());
        ModelId id = entities.newId(ModelId::new);
        Change change = entities.change();
        Entity<ModelId, Model> model = change.create(
                RegistryKinds.MODEL, id, new Model(request.name(), 0, request.pinnedTestSet(), policy, Map.of()));
        change.take(RegistryClaims.model(request.name()), id)
                .event("model.created", EntityRef.of(EntityType.MODEL, id), Map.of("name", request.name()))
                .commit();
        return model;
    }

    private void checkTestSet(@Nullable DatasetVersionId testSet) {
        if (testSet != null && datasets.get().version(testSet) == null) {
            throw SlipwayException.notFound(
                    "dataset-version.unknown", "The pinned test set " + testSet + " is no known dataset version.");
        }
    }

    private static void check(GatePolicy policy) {
        boolean shares = isShare(policy.minimumAccuracy()) && isShare(policy.maximumAccuracyLoss());
        if (!shares || !(policy.maximumParityError() >= 0) || policy.maximumFileSize() < 1) {
            throw SlipwayException.invalid(
                    "model.policy",
                    "A gate policy needs accuracies from 0 to 1, a parity error of at least 0 and a file size of at least"
                            + " 1 byte, not " + policy + ".");
        }
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }
}
