package dev.slipway.api.registry;

import dev.slipway.api.Required;
import io.micronaut.serde.annotation.Serdeable;

/** A name for a version of a model. */
@Serdeable
public record AliasName(String alias) {
    public AliasName {
        Required.part("alias", alias);
    }
}
