package dev.slipway.registry;

import dev.slipway.api.registry.RegisterVersion;
import dev.slipway.api.registry.VersionDetails;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import java.util.List;
import java.util.Map;

/**
 * A version about to be registered, all of whose parts are known to exist.
 *
 * @param number null for the next one; otherwise that of a version that is brought here from elsewhere
 */
record NewVersion(
        ModelId model,
        @Nullable Integer number,
        @Nullable RunId run,
        @Nullable DatasetVersionId datasetVersion,
        @Nullable Digest onnx,
        List<String> classes,
        List<Integer> inputShape,
        VersionDetails details,
        Map<String, String> tags,
        @Nullable String idempotencyKey) {
    static NewVersion of(RegisterVersion request, String user) {
        VersionDetails none = VersionDetails.NONE;
        return new NewVersion(
                request.model(),
                null,
                request.run(),
                request.datasetVersion(),
                request.onnx(),
                request.classes(),
                request.inputShape(),
                new VersionDetails(null, none.stage(), null, null, request.run().value(), null, null, user, null, null),
                Map.of(),
                request.idempotencyKey());
    }
}
