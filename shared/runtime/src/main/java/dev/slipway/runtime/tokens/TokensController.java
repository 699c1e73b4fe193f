package dev.slipway.runtime.tokens;

import dev.slipway.api.tokens.CreateToken;
import dev.slipway.api.tokens.NewToken;
import dev.slipway.api.tokens.Token;
import dev.slipway.api.tokens.TokensApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.TokenId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes, lists and revokes API tokens. */
@Controller(TokensApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Requires(property = "slipway.services.runtime", notEquals = "false")
class TokensController implements TokensApi {
    private static final int SECRET_BYTES = 32;
    private static final int MAX_NAME = 100;
    private static final int MAX_DAYS = 3650;

    private final Entities entities;
    private final SecureRandom random = new SecureRandom();

    TokensController(Entities entities) {
        this.entities = entities;
    }

    @Override
    public NewToken create(CreateToken request) {
        check(request);
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = "slw_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        TokenId id = entities.newId(TokenId::new);
        Change change = entities.change();
        long expires = change.now() + Duration.ofDays(request.days()).toMillis();
        change.create(TokenKinds.TOKEN, id, new Token(request.name(), request.role(), expires, false));
        change.take(TokenKinds.claim(secret), id)
                .event("token.created", ref(id), Map.of("name", request.name(), "role", roleName(request.role())))
                .commit();
        return new NewToken(id, secret);
    }

    private static void check(CreateToken request) {
        String name = request.name();
        if (name.isBlank() || name.length() > MAX_NAME || !name.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw SlipwayException.invalid(
                    "token.name", "A token's name has 1 to " + MAX_NAME + " printable ASCII characters.");
        }
        if (request.days() < 1 || request.days() > MAX_DAYS) {
            throw SlipwayException.invalid(
                    "token.days", "A token lives 1 to " + MAX_DAYS + " days, not " + request.days() + ".");
        }
        if (request.role() == Role.SERVICE) {
            throw SlipwayException.invalid(
                    "token.role", "Processes know each other by slipway.service-token, not by API tokens.");
        }
    }

    @Override
    @Nullable
    public Entity<TokenId, Token> token(TokenId id) {
        return entities.find(TokenKinds.TOKEN, id).orElse(null);
    }

    @Override
    public Page<Entity<TokenId, Token>> list(int limit, @Nullable String cursor) {
        return entities.query(TokenKinds.TOKEN, TokenKinds.ALL, List.of(), true, limit, cursor);
    }

    @Override
    public Entity<TokenId, Token> revoke(TokenId id) {
        return Retries.onConflict(() -> {
            Entity<TokenId, Token> token = entities.get(TokenKinds.TOKEN, id);
            if (token.body().revoked()) {
                return token;
            }
            Change change = entities.change();
            Entity<TokenId, Token> revoked = change.update(
                    TokenKinds.TOKEN, token.with(body -> new Token(body.name(), body.role(), body.expires(), true)));
            change.event("token.revoked", ref(id), Map.of("name", token.body().name()))
                    .commit();
            return revoked;
        });
    }

    private static EntityRef ref(TokenId id) {
        return EntityRef.of(EntityType.TOKEN, id);
    }

    private static String roleName(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
