package dev.slipway.api.tokens;

import dev.slipway.api.Required;
import dev.slipway.kernel.Role;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Asks for a token.
 *
 * @param name for people, 1 to 100 printable ASCII characters
 * @param days until it expires, 1 to 3650
 */
@Serdeable
public record CreateToken(String name, Role role, int days) {
    public CreateToken {
        Required.part("name", name);
        Required.part("role", role);
    }
}
