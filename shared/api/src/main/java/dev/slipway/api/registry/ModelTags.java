package dev.slipway.api.registry;

import dev.slipway.kernel.id.ModelId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;

/** The tags of a model. */
@Serdeable
public record ModelTags(ModelId model, Map<String, String> tags) {}
