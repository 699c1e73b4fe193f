package dev.slipway.api.registry;

import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.Target;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.ConversionId;
import io.micronaut.core.annotation.Creator;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A verified file of a model version.
 *
 * @param layout the order of axes of its image inputs and outputs; {@code KEEP} for files of old, which do not say
 * @param size in bytes
 * @param maxAbsoluteError against the ONNX model
 */
@Serdeable
public record ModelFile(
        ConversionId conversion,
        Target target,
        Precision precision,
        @Nullable Layout layout,
        Digest artifact,
        long size,
        double maxAbsoluteError) {
    @Creator
    public ModelFile {
        layout = layout == null ? Layout.KEEP : layout;
    }

    /** Whether both are the same model in the same form. */
    public boolean sameForm(ModelFile other) {
        return target == other.target && precision == other.precision && layout == other.layout;
    }
}
