package dev.slipway.api.dataset;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.DatasetVersionId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.List;

/** Datasets and their immutable versions. */
@Allowed(Role.VIEWER)
public interface DatasetApi {
    /** The path of the contract on the internal port. */
    String PATH = "/internal/v1/dataset";

    /** So many digits of a content's digest are enough to look for it. */
    int MIN_CONTENT_DIGITS = 8;

    /** The dataset of that name, made unless it is there. */
    @Post("/datasets")
    @Allowed(Role.ENGINEER)
    Entity<DatasetId, Dataset> createDataset(@Body CreateDataset request);

    @Get("/datasets/{id}")
    @Nullable
    Entity<DatasetId, Dataset> dataset(@PathVariable DatasetId id);

    /** Those that exist of at most 1000. */
    @Post("/datasets/batch")
    List<Entity<DatasetId, Dataset>> datasets(@Body List<DatasetId> ids);

    /** Newest first. */
    @Get("/datasets{?limit,cursor}")
    Page<Entity<DatasetId, Dataset>> listDatasets(
            @QueryValue(defaultValue = "50") int limit, @Nullable @QueryValue String cursor);

    /**
     * Cuts a version: seeded, stratified by class, samples with equal content always in one split, samples of the
     * parent version where they were. Content that is a version already gives that version.
     *
     * @throws dev.slipway.kernel.SlipwayException {@code dataset.no-annotations} for an empty export; {@code
     *     dataset.empty-split} when a split would have no sample; {@code dataset.shapes} when samples differ in shape
     */
    @Post("/versions")
    @Allowed(Role.ENGINEER)
    Entity<DatasetVersionId, DatasetVersion> commit(@Body CommitVersion request);

    @Get("/versions/{id}")
    @Nullable
    Entity<DatasetVersionId, DatasetVersion> version(@PathVariable DatasetVersionId id);

    /**
     * The newest version whose content's digest begins with these digits, at least {@value #MIN_CONTENT_DIGITS}.
     *
     * @throws dev.slipway.kernel.SlipwayException {@code dataset.digits} for fewer, and for what is none
     */
    @Get("/versions/by-content/{digits}")
    @Nullable
    Entity<DatasetVersionId, DatasetVersion> versionOf(@PathVariable String digits);

    /** Those that exist of at most 1000. */
    @Post("/versions/batch")
    List<Entity<DatasetVersionId, DatasetVersion>> versions(@Body List<DatasetVersionId> ids);

    /** The versions of a dataset, newest first. */
    @Get("/datasets/{id}/versions{?limit,cursor}")
    Page<Entity<DatasetVersionId, DatasetVersion>> listVersions(
            @PathVariable DatasetId id,
            @QueryValue(defaultValue = "50") int limit,
            @Nullable @QueryValue String cursor);
}
