package dev.slipway.registry;

import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import io.micronaut.core.annotation.Nullable;

/** Puts models and versions together with the attributes that searches find them by, under MLflow's names for these. */
final class Searchable {
    /** All models of a workspace are searched as one, and so are all versions. */
    static final EntityId MODELS = new EntityId("00000000000000000000000000000001");

    static final EntityId VERSIONS = new EntityId("00000000000000000000000000000002");

    static final String NAME = "name";
    static final String CREATED = "creation_timestamp";
    static final String UPDATED = "last_updated_timestamp";
    static final String DELETED = "deleted";
    static final String NUMBER = "version_number";
    static final String RUN = "run_id";
    static final String SOURCE = "source_path";

    private Searchable() {}

    static EntityRef ref(ModelId id) {
        return EntityRef.of(EntityType.MODEL, id);
    }

    static EntityRef ref(ModelVersionId id) {
        return EntityRef.of(EntityType.MODEL_VERSION, id);
    }

    static Entity<ModelId, Model> create(Change change, ModelId id, Model model) {
        return told(change, change.create(RegistryKinds.MODEL, id, model));
    }

    static Entity<ModelId, Model> update(Change change, Entity<ModelId, Model> model) {
        return told(change, change.update(RegistryKinds.MODEL, model));
    }

    static Entity<ModelVersionId, ModelVersion> createVersion(
            Change change, ModelVersionId id, ModelVersion version, Entity<ModelId, Model> model) {
        Entity<ModelVersionId, ModelVersion> created = change.create(RegistryKinds.VERSION, id, version);
        rename(change, id, model);
        return toldVersion(change, created);
    }

    static Entity<ModelVersionId, ModelVersion> updateVersion(
            Change change, Entity<ModelVersionId, ModelVersion> version) {
        return toldVersion(change, change.update(RegistryKinds.VERSION, version));
    }

    /** A version is found by its model's name, which is therefore told anew of each version when that changes. */
    static void rename(Change change, ModelVersionId version, Entity<ModelId, Model> model) {
        change.facet(
                ref(version),
                VERSIONS,
                attribute(change, NAME, new Facet.Value.Text(model.body().name()), model.revision()));
    }

    private static Entity<ModelId, Model> told(Change change, Entity<ModelId, Model> model) {
        attributes(change, model);
        return model;
    }

    /** What searches find a model by, but for its tags. */
    static void attributes(Change change, Entity<ModelId, Model> model) {
        Attributes attributes = new Attributes(change, ref(model.id()), MODELS, model.revision());
        attributes.text(NAME, model.body().name());
        attributes.times(model);
        attributes.number(DELETED, model.body().deleted());
    }

    private static Entity<ModelVersionId, ModelVersion> toldVersion(
            Change change, Entity<ModelVersionId, ModelVersion> version) {
        versionAttributes(change, version);
        return version;
    }

    /** What searches find a version by, but for its model's name and its tags. */
    static void versionAttributes(Change change, Entity<ModelVersionId, ModelVersion> version) {
        Attributes attributes = new Attributes(change, ref(version.id()), VERSIONS, version.revision());
        attributes.number(NUMBER, (long) version.body().number());
        attributes.text(RUN, version.body().details().runId());
        attributes.text(SOURCE, version.body().details().source());
        attributes.times(version);
        attributes.number(DELETED, version.body().details().deleted());
    }

    private static Facet attribute(Change change, String key, Facet.Value value, long revision) {
        // The revision stands where metrics have their step: of two writers the later one wins, whatever the clock
        // says.
        return new Facet(FacetKind.ATTRIBUTE, key, value, revision, change.now());
    }

    /** Writes the attributes of one entity. */
    private record Attributes(Change change, EntityRef entity, EntityId scope, long revision) {
        void text(String key, @Nullable String value) {
            if (value != null) {
                change.facet(entity, scope, attribute(change, key, new Facet.Value.Text(value), revision));
            }
        }

        void number(String key, @Nullable Long value) {
            if (value != null) {
                change.facet(entity, scope, attribute(change, key, new Facet.Value.Num(value), revision));
            }
        }

        void times(Entity<?, ?> entity) {
            number(CREATED, entity.created());
            number(UPDATED, entity.updated());
        }
    }
}
