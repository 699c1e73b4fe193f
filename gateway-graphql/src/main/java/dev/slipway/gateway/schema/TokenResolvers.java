package dev.slipway.gateway.schema;

import dev.slipway.api.tokens.CreateToken;
import dev.slipway.api.tokens.NewToken;
import dev.slipway.api.tokens.Token;
import dev.slipway.api.tokens.TokensApi;
import dev.slipway.kernel.Role;
import jakarta.inject.Singleton;

/** API tokens, for admins. */
@Singleton
final class TokenResolvers implements Resolvers {
    private final TokensApi tokens;

    TokenResolvers(TokensApi tokens) {
        this.tokens = tokens;
    }

    @Override
    public void wire(Wiring wiring) {
        wiring.root("Query")
                .fetch(
                        "token",
                        (none, request) -> tokens.token(request.arguments().id("id", Kinds.TOKEN)))
                .page("tokens", (none, request, limit, cursor) -> tokens.list(limit, cursor));
        wiring.root("Mutation")
                .fetch(
                        "createToken",
                        (none, request) -> create(request.arguments().input("input")))
                .fetch(
                        "revokeToken",
                        (none, request) -> tokens.revoke(request.arguments().id("token", Kinds.TOKEN)));
        wiring.type("NewToken", NewToken.class)
                .field("id", made -> Kinds.TOKEN.globalId(made.id()))
                .field("secret", NewToken::secret)
                .fetch("token", (made, request) -> tokens.token(made.id()));
        wiring.entity(Kinds.TOKEN)
                .field("name", Token::name)
                .field("role", Token::role)
                .field("expires", Token::expires)
                .field("revoked", Token::revoked);
    }

    private Object create(Arguments input) {
        return tokens.create(
                new CreateToken(input.text("name"), input.choice("role", Role.class), input.integer("days")));
    }
}
