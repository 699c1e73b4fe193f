package dev.slipway.conversion;

import dev.slipway.kernel.id.ConversionId;
import io.micronaut.serde.annotation.Serdeable;

/** Which conversion a job is to carry out. */
@Serdeable
record ConvertInput(ConversionId conversion) {}
