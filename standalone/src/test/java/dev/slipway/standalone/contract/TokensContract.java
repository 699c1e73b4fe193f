package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.tokens.CreateToken;
import dev.slipway.api.tokens.NewToken;
import dev.slipway.api.tokens.Token;
import dev.slipway.api.tokens.TokensApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.TokenId;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class TokensContract extends Contract {
    private final TokensApi tokens = bean(TokensApi.class);

    TokensContract(Binding binding) {
        super(binding);
    }

    @Test
    void aTokenIsListedWithoutItsSecret() {
        NewToken made = as(Role.ADMIN, () -> tokens.create(new CreateToken("ci", Role.DEVICE, 3650)));

        Entity<TokenId, Token> listed =
                as(Role.ADMIN, () -> tokens.list(10, null)).items().get(0);

        assertThat(as(Role.ADMIN, () -> tokens.token(made.id()))).isEqualTo(listed);
        assertThat(made.secret()).isNotBlank();
        assertThat(listed.id()).isEqualTo(made.id());
        assertThat(listed.body())
                .isEqualTo(new Token("ci", Role.DEVICE, listed.body().expires(), false));
        assertThat(listed.body().expires()).isGreaterThan(listed.created());
    }

    @Test
    void aRevokedTokenStaysRevoked() {
        TokenId id = as(Role.ADMIN, () -> tokens.create(new CreateToken("ci", Role.VIEWER, 1)))
                .id();

        Entity<TokenId, Token> revoked = as(Role.ADMIN, () -> tokens.revoke(id));

        assertThat(revoked.body().revoked()).isTrue();
        assertThat(as(Role.ADMIN, () -> tokens.revoke(id))).isEqualTo(revoked);
        refused(ErrorKind.NOT_FOUND, "token.unknown", () -> as(Role.ADMIN, () -> tokens.revoke(new TokenId(NOBODY))));
    }

    @Test
    void whatCannotBeATokenIsInvalid() {
        refused(
                ErrorKind.INVALID,
                "token.days",
                () -> as(Role.ADMIN, () -> tokens.create(new CreateToken("ci", Role.VIEWER, 0))));
        refused(
                ErrorKind.INVALID,
                "token.name",
                () -> as(Role.ADMIN, () -> tokens.create(new CreateToken("ä", Role.VIEWER, 1))));
    }

    @Test
    void tokensComeInPagesNewestFirst() {
        List<TokenId> made = List.of("1", "2", "3").stream()
                .map(name -> as(Role.ADMIN, () -> tokens.create(new CreateToken(name, Role.VIEWER, 1)))
                        .id())
                .toList();

        Pages.inTwos(
                List.of(made.get(2), made.get(1), made.get(0)),
                (limit, cursor) -> as(Role.ADMIN, () -> tokens.list(limit, cursor)));
    }

    @Test
    void whatLacksAPartIsInvalid() {
        incomplete(() -> as(Role.ADMIN, () -> tokens.create(new CreateToken(null, Role.VIEWER, 1))));
        incomplete(() -> as(Role.ADMIN, () -> tokens.create(new CreateToken("ci", null, 1))));
    }

    @Test
    void onlyAnAdminManagesTokens() {
        needs(Role.ADMIN, "create", () -> tokens.create(new CreateToken("ci", Role.VIEWER, 1)));
        needs(Role.ADMIN, "list", () -> tokens.list(10, null));
        needs(Role.ADMIN, "token", () -> tokens.token(new TokenId(NOBODY)));
        refused(ErrorKind.FORBIDDEN, "caller.role", () -> tokens.list(10, null));
    }
}
