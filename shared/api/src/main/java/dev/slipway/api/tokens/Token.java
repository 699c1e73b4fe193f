package dev.slipway.api.tokens;

import dev.slipway.kernel.Role;
import io.micronaut.serde.annotation.Serdeable;

/**
 * An API token, without its secret.
 *
 * @param expires UTC milliseconds
 */
@Serdeable
public record Token(String name, Role role, long expires, boolean revoked) {}
