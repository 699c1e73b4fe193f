package dev.slipway.api.registry;

import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.Target;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.ConversionId;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A verified file of a model version.
 *
 * @param size in bytes
 * @param maxAbsoluteError against the ONNX model
 */
@Serdeable
public record ModelFile(
        ConversionId conversion,
        Target target,
        Precision precision,
        Digest artifact,
        long size,
        double maxAbsoluteError) {}
