package dev.slipway.api.registry;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Creator;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * A version of a registered model.
 *
 * @param number 1, 2, 3 … within the model
 * @param run that trained it; null when none is known
 * @param datasetVersion it was trained on; null when none is known
 * @param onnx the model itself; null for a version that is no ONNX model, which can only be downloaded
 * @param classes the labels, in the order of the model's outputs; empty when they are not known
 * @param inputShape the shape of one sample; empty when it is not known
 * @param files what it was converted to, each verified
 * @param gates the last judgement; null until it was judged
 * @param details {@link VersionDetails#NONE} for versions of old, which tell none
 */
@Serdeable
public record ModelVersion(
        ModelId model,
        int number,
        @Nullable RunId run,
        @Nullable DatasetVersionId datasetVersion,
        @Nullable Digest onnx,
        List<String> classes,
        List<Integer> inputShape,
        List<ModelFile> files,
        @Nullable GateReport gates,
        VersionDetails details) {
    @Creator
    public ModelVersion {
        details = details == null ? VersionDetails.NONE : details;
    }

    /** Whether it was deleted: it is kept for the lineage of what was made of it, and serves nothing else. */
    public boolean isDeleted() {
        return details.deleted() != null;
    }

    /** The model itself, or {@code model-version.no-onnx} when there is none. */
    public Digest requireOnnx() {
        if (onnx == null) {
            throw SlipwayException.invalid(
                    "model-version.no-onnx",
                    "Version " + number + " is no ONNX model"
                            + (details.statusMessage() == null ? "" : " (" + details.statusMessage() + ")")
                            + ", so it can't be run, converted or judged here; register one of the ONNX flavour.");
        }
        return onnx;
    }
}
