package dev.slipway.dataset;

import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.IndexValue;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds dataset versions. */
@Singleton
final class Versions {
    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{" + DatasetApi.MIN_CONTENT_DIGITS + ",64}");

    private final Entities entities;

    Versions(Entities entities) {
        this.entities = entities;
    }

    Optional<Entity<DatasetVersionId, DatasetVersion>> find(DatasetVersionId id) {
        return entities.find(DatasetKinds.VERSION, id);
    }

    List<Entity<DatasetVersionId, DatasetVersion>> getAll(List<DatasetVersionId> ids) {
        return entities.getAll(DatasetKinds.VERSION, ids);
    }

    /** Newest first; fails with {@code dataset.unknown} for an unknown dataset. */
    Page<Entity<DatasetVersionId, DatasetVersion>> list(DatasetId dataset, int limit, @Nullable String cursor) {
        entities.get(DatasetKinds.DATASET, dataset);
        return newestFirst(dataset, limit, cursor);
    }

    /** The newest version of a dataset; empty before the first. */
    Optional<Entity<DatasetVersionId, DatasetVersion>> latest(DatasetId dataset) {
        return newestFirst(dataset, 1, null).items().stream().findFirst();
    }

    /** The newest version whose content's digest begins with the digits. */
    Optional<Entity<DatasetVersionId, DatasetVersion>> withContent(String digits) {
        if (!DIGITS.matcher(digits).matches()) {
            throw SlipwayException.invalid(
                    "dataset.digits",
                    "'" + digits + "' is no beginning of a digest: give " + DatasetApi.MIN_CONTENT_DIGITS
                            + " to 64 lower-case hexadecimal digits.");
        }
        // More than a few with the same first digits are versions of the same content in as many datasets.
        return entities
                .query(
                        DatasetKinds.VERSION,
                        DatasetKinds.BY_CONTENT,
                        List.of(DatasetKinds.contentDigits(digits)),
                        true,
                        Page.MAX_LIMIT,
                        null)
                .items()
                .stream()
                .filter(version -> version.body().content().hex().startsWith(digits))
                .findFirst();
    }

    private Page<Entity<DatasetVersionId, DatasetVersion>> newestFirst(
            DatasetId dataset, int limit, @Nullable String cursor) {
        return entities.query(
                DatasetKinds.VERSION, DatasetKinds.NUMBERS, List.of(IndexValue.of(dataset)), true, limit, cursor);
    }
}
