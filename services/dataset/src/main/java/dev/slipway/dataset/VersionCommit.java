package dev.slipway.dataset;

import dev.slipway.api.dataset.CommitVersion;
import dev.slipway.api.dataset.Dataset;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.SplitFractions;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.runtime.samples.SampleFiles;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** Cuts a version of a dataset from labelled samples. */
@Singleton
final class VersionCommit {
    private static final double ROUNDING = 1e-6;

    private final Entities entities;
    private final Versions versions;
    private final SampleFiles files;
    private final VersionContents contents;

    VersionCommit(Entities entities, Versions versions, SampleFiles files, VersionContents contents) {
        this.entities = entities;
        this.versions = versions;
        this.files = files;
        this.contents = contents;
    }

    Entity<DatasetVersionId, DatasetVersion> commit(CommitVersion request) {
        checkFractions(request.fractions());
        Classes.check(request.classes());
        entities.get(DatasetKinds.DATASET, request.dataset());
        ContentGroups groups = new ContentGroups(request.classes());
        if (files.read(request.samples().artifact(), Service.DATASET, groups::add) == 0) {
            throw SlipwayException.invalid(
                    "dataset.no-annotations",
                    "The export of project " + request.project()
                            + " holds no labelled samples: label some tasks of it, then commit again.");
        }
        // Another commit may become the parent meanwhile; then the splits must be cut anew.
        return Retries.onConflict(() -> cut(request, groups));
    }

    private Entity<DatasetVersionId, DatasetVersion> cut(CommitVersion request, ContentGroups groups) {
        Entity<DatasetId, Dataset> dataset = entities.get(DatasetKinds.DATASET, request.dataset());
        Optional<Entity<DatasetVersionId, DatasetVersion>> parent = versions.latest(request.dataset());
        VersionContents.Stored stored = contents.store(request, groups, parent.map(Entity::body));
        String claim = "dataset-content/" + dataset.id() + "/" + stored.digest();
        return entities.claimed(DatasetKinds.VERSION, claim)
                .orElseGet(() -> write(request, dataset, parent, stored, claim));
    }

    private Entity<DatasetVersionId, DatasetVersion> write(
            CommitVersion request,
            Entity<DatasetId, Dataset> dataset,
            Optional<Entity<DatasetVersionId, DatasetVersion>> parent,
            VersionContents.Stored stored,
            String claim) {
        int number = dataset.body().versions() + 1;
        Change change = entities.change();
        // The dataset's revision lets only one commit have this number and this parent.
        change.update(DatasetKinds.DATASET, dataset.with(body -> new Dataset(body.name(), number)));
        Entity<DatasetVersionId, DatasetVersion> version = change.create(
                DatasetKinds.VERSION,
                entities.newId(DatasetVersionId::new),
                new DatasetVersion(
                        dataset.id(),
                        number,
                        stored.digest(),
                        request.project(),
                        parent.map(Entity::id).orElse(null),
                        stored.seed(),
                        request.classes(),
                        stored.sampleShape(),
                        stored.splits(),
                        stored.statistics()));
        EntityRef made = EntityRef.of(EntityType.DATASET_VERSION, version.id());
        change.take(claim, version.id());
        change.link(made, EdgeType.DERIVED_FROM, EntityRef.of(EntityType.PROJECT, request.project()));
        parent.ifPresent(before ->
                change.link(made, EdgeType.DERIVED_FROM, EntityRef.of(EntityType.DATASET_VERSION, before.id())));
        change.event(
                "dataset-version.committed",
                made,
                Map.of(
                        "dataset", dataset.id().value(),
                        "number", Integer.toString(number),
                        "content", stored.digest().hex()));
        change.commit();
        return version;
    }

    private static void checkFractions(@Nullable SplitFractions fractions) {
        // Written so that NaN fails, too.
        boolean usable = fractions != null
                && fractions.train() > 0
                && fractions.validation() > 0
                && fractions.test() > 0
                && Math.abs(fractions.train() + fractions.validation() + fractions.test() - 1) <= ROUNDING;
        if (!usable) {
            throw SlipwayException.invalid(
                    "dataset.fractions",
                    "The fractions for training, validation and test must all be above 0 and make 1 together, as "
                            + SplitFractions.DEFAULT + " do; " + fractions + " do not.");
        }
    }
}
