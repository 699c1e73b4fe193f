package dev.slipway.api.tokens;

import dev.slipway.kernel.id.TokenId;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A token just made.
 *
 * @param secret what a client sends as {@code Authorization: Bearer …}; it is never shown again
 */
@Serdeable
public record NewToken(TokenId id, String secret) {
    @Override
    public String toString() {
        return "NewToken[" + id + "]";
    }
}
