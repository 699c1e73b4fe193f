package dev.slipway.registry;

import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.serde.annotation.Serdeable;

/** Which version a job is to judge, and where to it is released. */
@Serdeable
record ReleaseInput(ModelVersionId version, String channel) {}
