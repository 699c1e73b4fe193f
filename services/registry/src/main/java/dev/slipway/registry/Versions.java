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
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
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
    private final Entities entities;
    private final ArtifactStore artifacts;
    private final RegistrationCheck check;

    Versions(Entities entities, ArtifactStore artifacts, RegistrationCheck check) {
        this.entities = entities;
        this.artifacts = artifacts;
        this.check = check;
    }

    Entity<ModelVersionId, ModelVersion> register(RegisterVersion request) {
        Optional<Entity<ModelVersionId, ModelVersion>> earlier = registeredBefore(request);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        check.check(request);
        return Retries.onConflict(() -> registeredBefore(request).orElseGet(() -> registerNext(request)));
    }

    private Optional<Entity<ModelVersionId, ModelVersion>> registeredBefore(RegisterVersion request) {
        if (request.idempotencyKey() == null) {
            return Optional.empty();
        }
        Optional<Entity<ModelVersionId, ModelVersion>> earlier = entities.claimed(
                RegistryKinds.VERSION, RegistryClaims.idempotency("register-version", request.idempotencyKey()));
        earlier.ifPresent(version -> {
            if (!version.body().model().equals(request.model())
                    || !version.body().onnx().equals(request.onnx())) {
                throw SlipwayException.conflict(
                        "registry.idempotency-key",
                        "The key '" + request.idempotencyKey()
                                + "' was used for another version; give each version a key of its own.");
            }
        });
        return earlier;
    }

    private Entity<ModelVersionId, ModelVersion> registerNext(RegisterVersion request) {
        Entity<ModelId, Model> model = entities.get(RegistryKinds.MODEL, request.model());
        int number = model.body().versions() + 1;
        ModelVersionId id = entities.newId(ModelVersionId::new);
        EntityRef ref = EntityRef.of(EntityType.MODEL_VERSION, id);
        Change change = entities.change();
        change.update(RegistryKinds.MODEL, model.with(body -> counted(body, number, request.datasetVersion())));
        Entity<ModelVersionId, ModelVersion> version = change.create(
                RegistryKinds.VERSION,
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
                        null));
        change.link(ref, EdgeType.GENERATED_BY, EntityRef.of(EntityType.RUN, request.run()))
                .link(ref, EdgeType.DERIVED_FROM, EntityRef.of(EntityType.DATASET_VERSION, request.datasetVersion()));
        if (request.idempotencyKey() != null) {
            change.take(RegistryClaims.idempotency("register-version", request.idempotencyKey()), id);
        }
        change.event(
                        "model-version.registered",
                        ref,
                        Map.of("model", request.model().value(), "number", String.valueOf(number)))
                .commit();
        return version;
    }

    /** The test set is pinned by the first version, so that all are judged on the same samples. */
    private static Model counted(Model model, int versions, DatasetVersionId datasetVersion) {
        DatasetVersionId pinned = model.pinnedTestSet() == null ? datasetVersion : model.pinnedTestSet();
        return new Model(model.name(), versions, pinned, model.policy(), model.aliases());
    }

    Entity<ModelVersionId, ModelVersion> attach(ModelVersionId id, ModelFile file) {
        checkStored(file);
        return Retries.onConflict(() -> attachOnce(id, file));
    }

    private Entity<ModelVersionId, ModelVersion> attachOnce(ModelVersionId id, ModelFile file) {
        Entity<ModelVersionId, ModelVersion> version = entities.get(RegistryKinds.VERSION, id);
        if (version.body().files().contains(file)) {
            return version;
        }
        List<ModelFile> files = new ArrayList<>(version.body().files());
        files.removeIf(file::sameForm);
        files.add(file);
        Change change = entities.change();
        // A judgement of other files says nothing about these.
        Entity<ModelVersionId, ModelVersion> attached =
                change.update(RegistryKinds.VERSION, version.with(body -> VersionBodies.with(body, files, null)));
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
