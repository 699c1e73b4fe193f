package dev.slipway.training.executor;

import dev.slipway.api.tokens.CreateToken;
import dev.slipway.api.tokens.NewToken;
import dev.slipway.api.tokens.TokensApi;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.TokenId;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;

/** The tokens by which workers report: each for one training, revoked with its end. */
@Singleton
final class WorkerTokens {
    private final BeanProvider<TokensApi> tokens;
    private final int days;

    WorkerTokens(BeanProvider<TokensApi> tokens, KubernetesSettings settings) {
        this.tokens = tokens;
        this.days =
                Math.toIntExact(settings.timeout().plus(settings.startTimeout()).toDays() + 1);
    }

    NewToken make(JobId job) {
        return tokens.get().create(new CreateToken("training job " + job, Role.ENGINEER, days));
    }

    /** Nothing happens to one that is gone. */
    void revoke(TokenId token) {
        try {
            tokens.get().revoke(token);
        } catch (SlipwayException e) {
            if (e.kind() != ErrorKind.NOT_FOUND) {
                throw e;
            }
        }
    }
}
