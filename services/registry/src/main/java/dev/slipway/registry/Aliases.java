package dev.slipway.registry;

import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import jakarta.inject.Singleton;

/**
 * Names versions. A release moves the alias of its channel; by hand every alias can be moved but those, so that nothing
 * that can't be delivered is ever in production.
 */
@Singleton
public final class Aliases {
    private static final int MAX_ALIASES = 1000;

    private final Entities entities;
    private final Models models;
    private final VersionLookup versions;
    private final Delivered delivered;

    Aliases(Entities entities, Models models, VersionLookup versions, Delivered delivered) {
        this.entities = entities;
        this.models = models;
        this.versions = versions;
        this.delivered = delivered;
    }

    /** Lets the version go by the alias, which no other version goes by from now on. */
    public void set(String name, String alias, int number) {
        ModelNames.checkFreeAlias(alias);
        Retries.onConflict(() -> {
            Entity<ModelId, Model> model = models.named(name);
            Entity<ModelVersionId, ModelVersion> version = versions.numbered(model, number);
            if (!version.id().equals(model.body().aliases().get(alias))) {
                refuseChannel(model, alias);
                checkCount(model.body(), alias);
                Change change = entities.change();
                Searchable.update(change, model.with(body -> ModelBodies.withAlias(body, alias, version.id())));
                change.event(
                                "model.alias-set",
                                Searchable.ref(model.id()),
                                EventBodies.with(EventBodies.of(model, number), "alias", alias))
                        .commit();
            }
            return version;
        });
    }

    /** Takes the alias from whichever version goes by it; harmless when none does. */
    public void remove(String name, String alias) {
        ModelNames.checkAlias(alias);
        Retries.onConflict(() -> {
            Entity<ModelId, Model> model = models.named(name);
            if (model.body().aliases().containsKey(alias)) {
                refuseChannel(model, alias);
                Change change = entities.change();
                Searchable.update(change, model.with(body -> ModelBodies.withoutAlias(body, alias)));
                change.event(
                                "model.alias-deleted",
                                Searchable.ref(model.id()),
                                EventBodies.with(EventBodies.of(model), "alias", alias))
                        .commit();
            }
            return model;
        });
    }

    private void refuseChannel(Entity<ModelId, Model> model, String alias) {
        if (delivered.isChannel(model.id(), alias)) {
            throw SlipwayException.conflict(
                    "model.alias.state",
                    "The alias '" + alias + "' of '" + model.body().name()
                            + "' tells what the channel of that name delivers, so only a release moves it: release the"
                            + " version to the channel, or choose another alias.");
        }
    }

    private static void checkCount(Model model, String alias) {
        if (model.aliases().size() >= MAX_ALIASES && !model.aliases().containsKey(alias)) {
            throw SlipwayException.invalid(
                    "model.alias", "A model has " + MAX_ALIASES + " aliases at most; delete some first.");
        }
    }
}
