package dev.slipway.runtime.tokens;

import dev.slipway.api.tokens.Token;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.TokenId;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How tokens are stored: the token itself, and a claim that leads from the hash of its secret to it. */
public final class TokenKinds {
    static final String ALL = "all";

    static final EntityKind<TokenId, Token> TOKEN = EntityKind.of(EntityType.TOKEN, TokenId::new, Token.class)
            .index(entry -> List.of(IndexEntry.of(ALL, IndexValue.of(entry.created()))));

    /** All of them, for checks of what is stored. */
    public static final List<EntityKind<?, ?>> KINDS = List.of(TOKEN);

    private TokenKinds() {}

    /** A secret of 256 random bits needs no slow hash: nobody can guess it. */
    static String claim(String secret) {
        return "token-hash/" + Digest.of(secret.getBytes(StandardCharsets.UTF_8));
    }
}
