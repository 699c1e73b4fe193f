package dev.slipway.dataset;

import dev.slipway.api.dataset.Dataset;
import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.util.List;

/** The types of entities that this service owns, with their indexes. */
public final class DatasetKinds {
    /** All datasets by the time of their making. */
    static final String ALL = "all";

    /** A dataset's versions by number. */
    static final String NUMBERS = "numbers";

    /** Versions by the first digits of their content's digest. */
    static final String BY_CONTENT = "content";

    static final EntityKind<DatasetId, Dataset> DATASET = EntityKind.of(
                    EntityType.DATASET, DatasetId::new, Dataset.class)
            .index(entry -> List.of(IndexEntry.of(ALL, IndexValue.of(entry.created()))));

    static final EntityKind<DatasetVersionId, DatasetVersion> VERSION = EntityKind.of(
                    EntityType.DATASET_VERSION, DatasetVersionId::new, DatasetVersion.class)
            .index(entry -> List.of(IndexEntry.of(
                    NUMBERS,
                    IndexValue.of(entry.body().dataset()),
                    IndexValue.of(entry.body().number()))))
            .index(entry -> List.of(IndexEntry.of(
                    BY_CONTENT, contentDigits(entry.body().content().hex()), IndexValue.of(entry.created()))));

    /** All of them, for checks of what is stored. */
    public static final List<EntityKind<?, ?>> KINDS = List.of(DATASET, VERSION);

    private DatasetKinds() {}

    static IndexValue contentDigits(String digits) {
        return IndexValue.of(digits.substring(0, DatasetApi.MIN_CONTENT_DIGITS));
    }
}
