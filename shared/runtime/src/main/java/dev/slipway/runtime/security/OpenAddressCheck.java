package dev.slipway.runtime.security;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.core.order.Ordered;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;

/** Refuses to start a server that others can reach but that asks nobody who they are, before anything else starts. */
@Singleton
@Requires(classes = EmbeddedServer.class)
final class OpenAddressCheck implements ApplicationEventListener<StartupEvent>, Ordered {
    private final SecuritySettings settings;

    OpenAddressCheck(SecuritySettings settings) {
        this.settings = settings;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(StartupEvent event) {
        if (settings.mode() == SecuritySettings.Mode.OPEN && !settings.onLoopback()) {
            throw new SlipwayException(
                    ErrorKind.INVALID,
                    "security.open-address",
                    "Refusing to listen on " + settings.boundHost()
                            + " without authentication: others could reach it and do anything. Either keep to"
                            + " 127.0.0.1, or make a token with 'slipway token create' and set slipway.security.mode=token"
                            + " (environment: SLIPWAY_SECURITY_MODE=token).",
                    null);
        }
    }
}
