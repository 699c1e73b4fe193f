package dev.slipway.training.loggeddataset;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.LoggedDatasetId;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.util.List;

/** The type of logged data sets. */
public final class LoggedDatasetKinds {
    /** Those of an experiment, by their creation. */
    static final String BY_EXPERIMENT = "experiment";

    public static final EntityKind<LoggedDatasetId, LoggedDataset> DATASET = EntityKind.of(
                    EntityType.LOGGED_DATASET, LoggedDatasetId::new, LoggedDataset.class)
            .index(entry -> List.of(IndexEntry.of(
                    BY_EXPERIMENT, IndexValue.of(entry.body().experiment()), IndexValue.of(entry.created()))));

    /** All of them, for checks of what is stored. */
    public static final List<EntityKind<?, ?>> KINDS = List.of(DATASET);

    private LoggedDatasetKinds() {}
}
