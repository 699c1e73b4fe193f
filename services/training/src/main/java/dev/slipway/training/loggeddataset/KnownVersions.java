package dev.slipway.training.loggeddataset;

import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.DatasetVersionId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows which logged data sets are versions of data sets of ours: those whose source is of the type {@code slipway} and
 * names a version's id, and those whose digest is a version's id or the first 8 digits at least of its content's.
 */
@Singleton
final class KnownVersions {
    private static final String OURS = "slipway";
    private static final Pattern ID = Pattern.compile("(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])");
    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{" + DatasetApi.MIN_CONTENT_DIGITS + ",64}");

    private final DatasetApi datasets;

    KnownVersions(DatasetApi datasets) {
        this.datasets = datasets;
    }

    Optional<DatasetVersionId> of(String digest, String sourceType, String source) {
        if (sourceType.equals(OURS)) {
            Optional<DatasetVersionId> named = byId(source);
            if (named.isPresent()) {
                return named;
            }
        }
        Optional<DatasetVersionId> byId = byId(digest);
        if (byId.isPresent() || !DIGITS.matcher(digest).matches()) {
            return byId;
        }
        return id(datasets.versionOf(digest));
    }

    private Optional<DatasetVersionId> byId(String text) {
        Matcher id = ID.matcher(text);
        return id.find() ? id(datasets.version(new DatasetVersionId(id.group()))) : Optional.empty();
    }

    private static Optional<DatasetVersionId> id(@Nullable Entity<DatasetVersionId, DatasetVersion> version) {
        return Optional.ofNullable(version).map(Entity::id);
    }
}
