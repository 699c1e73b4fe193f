package dev.slipway.registry.onnx;

import dev.slipway.kernel.Digest;
import io.micronaut.core.annotation.Nullable;
import java.util.List;

/**
 * What was found at the address of a model.
 *
 * @param onnx the whole model in one file; null when there is none
 * @param inputShape the shape of one sample; empty when it is not known
 * @param classes the labels, in the order of the model's outputs; empty when they are not known
 * @param reason why the ONNX model that is there can't be used; null when it can, and when there is none
 */
public record FoundOnnx(
        @Nullable Digest onnx,
        List<Integer> inputShape,
        List<String> classes,
        @Nullable String reason) {
    static final FoundOnnx NONE = new FoundOnnx(null, List.of(), List.of(), null);

    static FoundOnnx unusable(String reason) {
        return new FoundOnnx(null, List.of(), List.of(), reason);
    }
}
