package dev.slipway.api.conversion;

import dev.slipway.api.jobs.Failure;
import dev.slipway.api.jobs.JobState;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Objects;

/**
 * One conversion of a model version.
 *
 * @param calibration the dataset version on whose training split ranges are found; null if none was asked for
 * @param state that of its job
 * @param file the verified artifact; null until it has succeeded
 * @param size in bytes; null until it has succeeded
 * @param report the comparison with the ONNX model on the test split; null until it was made, and for a file so far off that
 *     it was not worth it
 * @param reportJson an artifact that tells more of the comparison, for programs, also of a file that was too far off to be
 *     published; null until there is one
 * @param reportPage the same as an HTML page; null until there is one
 * @param sameAs the conversion whose file this is, of the same model, options and converter; null if it was made anew
 * @param failure why it failed; null unless it did
 */
@Serdeable
public record Conversion(
        ModelVersionId modelVersion,
        Target target,
        Precision precision,
        Layout layout,
        @Nullable DatasetVersionId calibration,
        JobId job,
        JobState state,
        @Nullable Digest file,
        @Nullable Long size,
        @Nullable ParityReport report,
        @Nullable Digest reportJson,
        @Nullable Digest reportPage,
        @Nullable ConversionId sameAs,
        @Nullable Failure failure) {

    /** What was asked for, as nothing has been done yet. */
    public static Conversion queued(StartConversion request, JobId job) {
        return new Conversion(
                request.modelVersion(),
                request.target(),
                request.precision(),
                request.layout(),
                request.calibration(),
                job,
                JobState.QUEUED,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** Whether this is what the request asks for. */
    public boolean fulfils(StartConversion request) {
        return modelVersion.equals(request.modelVersion())
                && target == request.target()
                && precision == request.precision()
                && layout == request.layout()
                && Objects.equals(calibration, request.calibration());
    }
}
