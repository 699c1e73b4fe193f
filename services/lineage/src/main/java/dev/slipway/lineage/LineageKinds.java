package dev.slipway.lineage;

import dev.slipway.api.lineage.ExternalDataset;
import dev.slipway.api.lineage.ExternalJob;
import dev.slipway.api.lineage.ExternalRun;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.ExternalDatasetId;
import dev.slipway.kernel.id.ExternalJobId;
import dev.slipway.kernel.id.ExternalRunId;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.util.List;

/** The types of entities that the lineage service owns: what other tools tell of. */
public final class LineageKinds {
    /** The runs of a job, by their creation. */
    public static final String BY_JOB = "job";

    public static final EntityKind<ExternalJobId, ExternalJob> EXTERNAL_JOB =
            EntityKind.of(EntityType.EXTERNAL_JOB, ExternalJobId::new, ExternalJob.class);

    public static final EntityKind<ExternalRunId, ExternalRun> EXTERNAL_RUN = EntityKind.of(
                    EntityType.EXTERNAL_RUN, ExternalRunId::new, ExternalRun.class)
            .index(entry ->
                    List.of(IndexEntry.of(BY_JOB, IndexValue.of(entry.body().job()), IndexValue.of(entry.created()))));

    public static final EntityKind<ExternalDatasetId, ExternalDataset> EXTERNAL_DATASET =
            EntityKind.of(EntityType.EXTERNAL_DATASET, ExternalDatasetId::new, ExternalDataset.class);

    /** All of them, for checks of what is stored. */
    public static final List<EntityKind<?, ?>> KINDS = List.of(EXTERNAL_JOB, EXTERNAL_RUN, EXTERNAL_DATASET);

    private LineageKinds() {}
}
