package dev.slipway.api.registry;

import dev.slipway.api.Required;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * Asks for a new version of a model.
 *
 * @param idempotencyKey asking again with the same key gives the same version; null to always make a new one
 */
@Serdeable
public record RegisterVersion(
        ModelId model,
        RunId run,
        DatasetVersionId datasetVersion,
        Digest onnx,
        List<String> classes,
        List<Integer> inputShape,
        @Nullable String idempotencyKey) {
    public RegisterVersion {
        Required.part("model", model);
        Required.part("run", run);
        Required.part("datasetVersion", datasetVersion);
        Required.part("onnx", onnx);
        Required.part("classes", classes);
        Required.part("inputShape", inputShape);
    }
}
