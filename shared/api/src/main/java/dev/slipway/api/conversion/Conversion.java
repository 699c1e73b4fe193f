package dev.slipway.api.conversion;

import dev.slipway.api.jobs.Failure;
import dev.slipway.api.jobs.JobState;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * One conversion of a model version.
 *
 * @param state that of its job
 * @param file the verified artifact; null until it has succeeded
 * @param size in bytes; null until it has succeeded
 * @param report the comparison with the ONNX model; null until it was made
 * @param failure why it failed; null unless it did
 */
@Serdeable
public record Conversion(
        ModelVersionId modelVersion,
        Target target,
        Precision precision,
        JobId job,
        JobState state,
        @Nullable Digest file,
        @Nullable Long size,
        @Nullable ParityReport report,
        @Nullable Failure failure) {}
