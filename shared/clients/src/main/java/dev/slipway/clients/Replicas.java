package dev.slipway.clients;

import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers for a while which addresses of services did not answer, so that calls pass them over. The addresses are those of
 * the configuration, so there are few.
 */
@Singleton
final class Replicas {
    private static final long PASSED_OVER = Duration.ofSeconds(5).toNanos();
    private static final int MOST = 1000;

    /** When each address may be tried again, on the monotonic clock. */
    private final Map<String, Long> away = new ConcurrentHashMap<>();

    /** No connection to this address could be made. */
    void missed(URI address) {
        if (away.size() < MOST) {
            away.put(key(address), System.nanoTime() + PASSED_OVER);
        }
    }

    void answered(URI address) {
        if (!away.isEmpty()) {
            away.remove(key(address));
        }
    }

    /**
     * Whether to call this address. When the time of one that did not answer is over, one caller is let through to see
     * whether it is back, and the others go on passing it over.
     */
    boolean mayBeCalled(URI address) {
        Long until = away.get(key(address));
        if (until == null) {
            return true;
        }
        long now = System.nanoTime();
        return now - until >= 0 && away.replace(key(address), until, now + PASSED_OVER);
    }

    private static String key(URI address) {
        int port = address.getPort();
        int actual = port >= 0 ? port : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
        return address.getHost() + ":" + actual;
    }
}
