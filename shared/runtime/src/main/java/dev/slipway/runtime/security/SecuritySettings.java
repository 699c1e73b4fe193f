package dev.slipway.runtime.security;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the process guards itself: {@code slipway.security.mode} ({@code open}: who comes without a token is the local admin;
 * {@code token}: nobody comes without one), {@code slipway.service-token} (by which Slipway processes know each other; at
 * least 32 characters), and {@code slipway.server.host-names} (under which names, besides loopback's, the server is
 * called).
 *
 * @see OpenAddressCheck
 */
@Singleton
public final class SecuritySettings {
    private static final int SHORTEST_SERVICE_TOKEN = 32;

    private final Mode mode;
    private final String boundHost;
    private final List<String> hostNames;
    private final Optional<byte[]> serviceToken;

    /** Who may come without a token. */
    public enum Mode {
        /** Whoever reaches the server is the local admin. Only for loopback. */
        OPEN,
        /** Nobody. */
        TOKEN
    }

    SecuritySettings(
            @Value("${slipway.security.mode:open}") String mode,
            @Value("${micronaut.server.host:127.0.0.1}") String boundHost,
            @Value("${slipway.server.host-names:}") List<String> hostNames,
            @Nullable @Value("${slipway.service-token:}") String serviceToken) {
        this.mode = mode(mode);
        this.boundHost = boundHost;
        this.hostNames = hostNames.stream()
                .filter(name -> !name.isBlank())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        this.serviceToken = Optional.ofNullable(serviceToken)
                .filter(token -> !token.isBlank())
                .map(SecuritySettings::serviceToken);
    }

    private static Mode mode(String mode) {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "open" -> Mode.OPEN;
            case "token" -> Mode.TOKEN;
            default ->
                throw SlipwayException.invalid(
                        "security.mode", "slipway.security.mode is 'open' or 'token', not '" + mode + "'.");
        };
    }

    private static byte[] serviceToken(String token) {
        if (token.length() < SHORTEST_SERVICE_TOKEN) {
            throw SlipwayException.invalid(
                    "security.service-token",
                    "slipway.service-token has " + token.length() + " characters; give at least "
                            + SHORTEST_SERVICE_TOKEN + " random ones.");
        }
        return token.getBytes(StandardCharsets.UTF_8);
    }

    public Mode mode() {
        return mode;
    }

    String boundHost() {
        return boundHost;
    }

    List<String> hostNames() {
        return hostNames;
    }

    /** Whether only this machine can reach the server. */
    boolean onLoopback() {
        try {
            return InetAddress.getByName(boundHost).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // A name that means nothing here can't be bound either; the server says so when it tries.
            return false;
        }
    }

    /** The service token, for what this process sends to others. */
    Optional<String> serviceToken() {
        return serviceToken.map(token -> new String(token, StandardCharsets.UTF_8));
    }

    /** Whether it is the service token. Takes as long for a wrong one as for the right one. */
    boolean isServiceToken(String secret) {
        return serviceToken
                .filter(expected -> MessageDigest.isEqual(expected, secret.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }
}
