package dev.slipway.api.registry;

import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;

/** The tags of a version. */
@Serdeable
public record VersionTags(ModelVersionId version, Map<String, String> tags) {}
