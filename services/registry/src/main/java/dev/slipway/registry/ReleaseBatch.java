package dev.slipway.registry;

import dev.slipway.api.registry.GateReport;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.Release;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ReleaseId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.store.graph.IndexValue;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/**
 * Writes what a judgement leads to. A release is one batch: alias, release and channel change together or not at all,
 * so nothing is ever in production that can't be delivered.
 */
@Singleton
final class ReleaseBatch {
    private final Entities entities;
    private final ChannelPointer channels;

    ReleaseBatch(Entities entities, ChannelPointer channels) {
        this.entities = entities;
        this.channels = channels;
    }

    /** Keeps the report of a version that may not be released. */
    void refuse(JobContext job, Entity<ModelVersionId, ModelVersion> version, GateReport report) {
        Change change = job.fence(entities.change());
        judged(change, version, report);
        change.commit();
    }

    void release(
            JobContext job,
            Entity<ModelId, Model> model,
            Entity<ModelVersionId, ModelVersion> version,
            GateReport report,
            String channel) {
        ReleaseId id = entities.newId(ReleaseId::new);
        EntityRef ref = EntityRef.of(EntityType.RELEASE, id);
        EntityRef versionRef = EntityRef.of(EntityType.MODEL_VERSION, version.id());
        Change change = job.fence(entities.change());
        judged(change, version, report);
        // Every release writes the model, so of two at once one fails here; that keeps numbers and manifests in order.
        Searchable.update(change, model.with(body -> ModelBodies.withAlias(body, channel, version.id())));
        Entity<ReleaseId, Release> release = change.create(
                RegistryKinds.RELEASE,
                id,
                new Release(
                        model.id(),
                        nextNumber(model.id()),
                        version.id(),
                        version.body().number(),
                        version.body().files()));
        change.link(ref, EdgeType.RELEASES, versionRef).take(RegistryClaims.releaseOf(job.id()), id);
        for (ModelFile file : version.body().files()) {
            change.link(ref, EdgeType.CONVERTED_FROM, EntityRef.of(EntityType.CONVERSION, file.conversion()));
        }
        openForDownload(change, id, version.body());
        channels.point(change, model, version.body(), release, channel);
        if (!version.id().equals(model.body().aliases().get(channel))) {
            change.event(
                    "model.alias-set",
                    Searchable.ref(model.id()),
                    EventBodies.with(EventBodies.of(model, version.body().number()), "alias", channel));
        }
        change.event(
                        "release.published",
                        ref,
                        Map.of(
                                "model", model.id().value(),
                                "modelVersion", version.id().value(),
                                "channel", channel,
                                "number", String.valueOf(release.body().number())))
                .commit();
    }

    private static void judged(Change change, Entity<ModelVersionId, ModelVersion> version, GateReport report) {
        Searchable.updateVersion(change, version.with(body -> VersionBodies.with(body, body.files(), report)));
        change.event(
                "model-version.judged",
                EntityRef.of(EntityType.MODEL_VERSION, version.id()),
                Map.of(
                        "passed", String.valueOf(report.passed()),
                        "accuracy", String.valueOf(report.accuracy())));
    }

    private void openForDownload(Change change, ReleaseId release, ModelVersion version) {
        version.files().stream()
                .map(ModelFile::artifact)
                .distinct()
                .map(RegistryClaims::releasedFile)
                .filter(claim -> entities.claim(claim).isEmpty())
                .forEach(claim -> change.take(claim, release));
    }

    private int nextNumber(ModelId model) {
        List<Entity<ReleaseId, Release>> newest = entities.query(
                        RegistryKinds.RELEASE, RegistryKinds.OF_MODEL, List.of(IndexValue.of(model)), true, 1, null)
                .items();
        return newest.isEmpty() ? 1 : newest.get(0).body().number() + 1;
    }
}
