package dev.slipway.api.registry;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * A version of a registered model.
 *
 * @param number 1, 2, 3 … within the model
 * @param run that trained it
 * @param datasetVersion it was trained on
 * @param onnx the model itself
 * @param classes the labels, in the order of the model's outputs
 * @param inputShape the shape of one sample
 * @param files what it was converted to, each verified
 * @param gates the last judgement; null until it was judged
 */
@Serdeable
public record ModelVersion(
        ModelId model,
        int number,
        RunId run,
        DatasetVersionId datasetVersion,
        Digest onnx,
        List<String> classes,
        List<Integer> inputShape,
        List<ModelFile> files,
        @Nullable GateReport gates) {}
