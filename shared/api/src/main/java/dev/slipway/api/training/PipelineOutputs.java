package dev.slipway.api.training;

import dev.slipway.api.SampleFile;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.ReleaseId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * What the steps of a pipeline run have made so far; null is what no step has made yet.
 *
 * @param release null until the release step has succeeded
 */
@Serdeable
public record PipelineOutputs(
        @Nullable SampleFile samples,
        @Nullable ProjectId project,
        @Nullable DatasetVersionId datasetVersion,
        @Nullable RunId run,
        @Nullable ModelVersionId modelVersion,
        @Nullable ReleaseId release) {
    public static final PipelineOutputs NONE = new PipelineOutputs(null, null, null, null, null, null);
}
