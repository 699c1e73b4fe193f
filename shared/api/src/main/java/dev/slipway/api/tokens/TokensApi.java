package dev.slipway.api.tokens;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.TokenId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;

/** API tokens: made once, shown once, kept as hashes, expiring and revocable. */
@Allowed(Role.ADMIN)
public interface TokensApi {
    /** The path of the contract on the internal port. */
    String PATH = "/internal/v1/tokens";

    @Post("/")
    NewToken create(@Body CreateToken request);

    @Get("/{id}")
    @Nullable
    Entity<TokenId, Token> token(@PathVariable TokenId id);

    /** Newest first. */
    @Get("/{?limit,cursor}")
    Page<Entity<TokenId, Token>> list(@QueryValue(defaultValue = "50") int limit, @Nullable @QueryValue String cursor);

    /** Ends a token at once. */
    @Post("/{id}/revoke")
    Entity<TokenId, Token> revoke(@PathVariable TokenId id);
}
