package dev.slipway.api.registry;

import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ReleaseId;
import io.micronaut.serde.annotation.Serdeable;

/**
 * What devices listen to.
 *
 * @param release what they get
 * @param manifestNumber rises with each change
 * @param manifest the signed manifest, a JWS in compact form
 */
@Serdeable
public record Channel(ModelId model, String name, ReleaseId release, long manifestNumber, String manifest) {}
