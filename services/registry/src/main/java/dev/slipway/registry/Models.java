package dev.slipway.registry;

import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.registry.CreateModel;
import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.SetPolicy;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes and finds models, each under a name of its own. */
@Singleton
public final class Models {
    private final Entities entities;
    private final Provider<DatasetApi> datasets;
    private final Tags tags;

    Models(Entities entities, Provider<DatasetApi> datasets, Tags tags) {
        this.entities = entities;
        this.datasets = datasets;
        this.tags = tags;
    }

    Optional<Entity<ModelId, Model>> find(String name) {
        return ModelNames.isName(name)
                ? entities.claimed(RegistryKinds.MODEL, RegistryClaims.model(name))
                : Optional.empty();
    }

    /** The model of that name, or {@code model.unknown}. */
    public Entity<ModelId, Model> named(String name) {
        return find(ModelNames.checkName(name))
                .orElseThrow(() -> SlipwayException.notFound(
                        "model.unknown", "There is no registered model '" + name + "' in this workspace."));
    }

    /** Those that exist of at most 1000. */
    public List<Entity<ModelId, Model>> all(Collection<ModelId> ids) {
        return entities.getAll(RegistryKinds.MODEL, ids);
    }

    /** The model, unless it is deleted: {@code model.unknown}. */
    Entity<ModelId, Model> live(ModelId id) {
        Entity<ModelId, Model> model = entities.get(RegistryKinds.MODEL, id);
        if (model.body().deleted() != null) {
            throw SlipwayException.notFound(
                    "model.unknown", "The model '" + model.body().name() + "' (" + id + ") was deleted.");
        }
        return model;
    }

    Entity<ModelId, Model> create(CreateModel request) {
        ModelNames.checkName(request.name());
        return Retries.onConflict(() -> find(request.name()).orElseGet(() -> make(request, null, Map.of())));
    }

    /** Makes a model under a name that no other has; otherwise {@code model.exists}. */
    public Entity<ModelId, Model> createNew(String name, @Nullable String description, Map<String, String> itsTags) {
        ModelNames.checkName(name);
        Texts.checkDescription(description);
        return Retries.onConflict(() -> {
            if (find(name).isPresent()) {
                throw exists(name);
            }
            return make(new CreateModel(name, null, null), description, itsTags);
        });
    }

    static SlipwayException exists(String name) {
        return SlipwayException.conflict(
                "model.exists", "There is a registered model '" + name + "' already; choose another name.");
    }

    private Entity<ModelId, Model> make(
            CreateModel request, @Nullable String description, Map<String, String> itsTags) {
        GatePolicy policy = request.policy() == null ? GatePolicy.DEFAULT : request.policy();
        check(policy);
        checkTestSet(request.pinnedTestSet());
        ModelId id = entities.newId(ModelId::new);
        Change change = entities.change();
        Model body = new Model(request.name(), 0, request.pinnedTestSet(), policy, Map.of(), description, null);
        Entity<ModelId, Model> model = Searchable.create(change, id, body);
        tags.give(change, Searchable.ref(id), Searchable.MODELS, itsTags);
        change.take(RegistryClaims.model(request.name()), id)
                .event("model.created", Searchable.ref(id), EventBodies.created(body, itsTags))
                .commit();
        return model;
    }

    Entity<ModelId, Model> setPolicy(ModelId id, SetPolicy request) {
        if (request.policy() != null) {
            check(request.policy());
        }
        checkTestSet(request.pinnedTestSet());
        return Retries.onConflict(() -> {
            Entity<ModelId, Model> model = live(id);
            GatePolicy policy = request.policy() == null ? model.body().policy() : request.policy();
            DatasetVersionId testSet =
                    request.pinnedTestSet() == null ? model.body().pinnedTestSet() : request.pinnedTestSet();
            Change change = entities.change();
            Entity<ModelId, Model> changed =
                    Searchable.update(change, model.with(body -> ModelBodies.judgedBy(body, policy, testSet)));
            change.event("model.policy-set", Searchable.ref(id), EventBodies.of(model))
                    .commit();
            return changed;
        });
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
