package dev.slipway.registry;

import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegisterVersion;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.store.artifact.ArtifactStore;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Registers versions and attaches their files. */
@Singleton
final class Versions {
    /** So that many more may follow. */
    private static final int MAX_NUMBER = 1_000_000_000;

    private final Entities entities;
    private final ArtifactStore artifacts;
    private final RegistrationCheck check;
    private final Models models;
    private final Tags tags;
    private final Callers callers;

    Versions(
            Entities entities,
            ArtifactStore artifacts,
            RegistrationCheck check,
            Models models,
            Tags tags,
            Callers callers) {
        this.entities = entities;
        this.artifacts = artifacts;
        this.check = check;
        this.models = models;
        this.tags = tags;
        this.callers = callers;
    }

    Entity<ModelVersionId, ModelVersion> register(RegisterVersion request) {
        Optional<Entity<ModelVersionId, ModelVersion>> earlier = registeredBefore(request);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        check.check(request);
        return Retries.onConflict(() -> registeredBefore(request)
                .orElseGet(() ->
                        registerNext(NewVersion.of(request, callers.current().subject()))));
    }

    /** Registers what is known to be sound. */
    Entity<ModelVersionId, ModelVersion> register(NewVersion version) {
        return Retries.onConflict(() -> registerNext(version));
    }

    private Optional<Entity<ModelVersionId, ModelVersion>> registeredBefore(RegisterVersion request) {
        if (request.idempotencyKey() == null) {
            return Optional.empty();
        }
        Optional<Entity<ModelVersionId, ModelVersion>> earlier = entities.claimed(
                RegistryKinds.VERSION, RegistryClaims.idempotency("register-version", request.idempotencyKey()));
        earlier.ifPresent(version -> {
            if (!version.body().model().equals(request.model())
                    || !request.onnx().equals(version.body().onnx())) {
                throw SlipwayException.conflict(
                        "registry.idempotency-key",
                        "The key '" + request.idempotencyKey()
                                + "' was used for another version; give each version a key of its own.");
            }
        });
        return earlier;
    }

    private Entity<ModelVersionId, ModelVersion> registerNext(NewVersion request) {
        Entity<ModelId, Model> model = models.live(request.model());
        int number = number(model.body(), request);
        ModelVersionId id = entities.newId(ModelVersionId::new);
        EntityRef ref = Searchable.ref(id);
        Change change = entities.change();
        Searchable.update(change, model.with(body -> ModelBodies.counted(body, number, request.datasetVersion())));
        Entity<ModelVersionId, ModelVersion> version = Searchable.createVersion(
                change,
                id,
                new ModelVersion(
                        request.model(),
                        number,
                        request.run(),
                        request.datasetVersion(),
                        request.onnx(),
                        request.classes(),
                        request.inputShape(),
                        List.of(),
                        null,
                        request.details()),
                model);
        tags.give(change, ref, Searchable.VERSIONS, request.tags());
        if (request.run() != null) {
            change.link(ref, EdgeType.GENERATED_BY, EntityRef.of(EntityType.RUN, request.run()));
        }
        if (request.datasetVersion() != null) {
            change.link(ref, EdgeType.DERIVED_FROM, EntityRef.of(EntityType.DATASET_VERSION, request.datasetVersion()));
        }
        if (request.idempotencyKey() != null) {
            change.take(RegistryClaims.idempotency("register-version", request.idempotencyKey()), id);
        }
        change.event("model-version.registered", ref, EventBodies.registered(model, number, request))
                .commit();
        return version;
    }

    /** Numbers only rise, so that none is given twice; those between are no version's then. */
    private static int number(Model model, NewVersion request) {
        int next = model.versions() + 1;
        if (request.number() == null) {
            return next;
        }
        if (request.number() < 1 || request.number() > MAX_NUMBER) {
            throw SlipwayException.invalid("model-version.number", "A version's number is 1 to " + MAX_NUMBER + ".");
        }
        if (request.number() < next) {
            throw SlipwayException.conflict(
                    "model-version.exists",
                    "The number " + request.number() + " of the model '" + model.name()
                            + "' was given before; the next one is " + next + ".");
        }
        return request.number();
    }

    Entity<ModelVersionId, ModelVersion> attach(ModelVersionId id, ModelFile file) {
        checkStored(file);
        return Retries.onConflict(() -> attachOnce(id, file));
    }

    private Entity<ModelVersionId, ModelVersion> attachOnce(ModelVersionId id, ModelFile file) {
        Entity<ModelVersionId, ModelVersion> version = live(id);
        if (version.body().files().contains(file)) {
            return version;
        }
        List<ModelFile> files = new ArrayList<>(version.body().files());
        files.removeIf(file::sameForm);
        files.add(file);
        Change change = entities.change();
        // A judgement of other files says nothing about these.
        Entity<ModelVersionId, ModelVersion> attached =
                Searchable.updateVersion(change, version.with(body -> VersionBodies.with(body, files, null)));
        change.event(
                        "model-version.file-attached",
                        EntityRef.of(EntityType.MODEL_VERSION, id),
                        Map.of(
                                "conversion", file.conversion().value(),
                                "target", file.target().name(),
                                "precision", file.precision().name(),
                                "layout", file.layout().name(),
                                "artifact", file.artifact().hex()))
                .commit();
        return attached;
    }

    /** The version, unless it is deleted: {@code model-version.unknown}. */
    Entity<ModelVersionId, ModelVersion> live(ModelVersionId id) {
        Entity<ModelVersionId, ModelVersion> version = entities.get(RegistryKinds.VERSION, id);
        if (version.body().isDeleted()) {
            throw SlipwayException.notFound(
                    "model-version.unknown", "Version " + version.body().number() + " (" + id + ") was deleted.");
        }
        return version;
    }

    private void checkStored(ModelFile file) {
        Digest digest = file.artifact();
        OptionalLong size = artifacts.size(digest);
        if (size.isEmpty() || size.getAsLong() != file.size()) {
            throw SlipwayException.invalid(
                    "registry.artifact",
                    "The file " + digest + " of " + file.size() + " bytes "
                            + (size.isEmpty() ? "is not stored" : "has " + size.getAsLong() + " bytes in truth")
                            + "; store it first, then attach it with its size.");
        }
    }
}
