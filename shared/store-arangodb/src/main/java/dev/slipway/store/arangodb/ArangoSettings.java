package dev.slipway.store.arangodb;

import dev.slipway.kernel.SlipwayException;
import java.time.Duration;
import java.util.List;

/**
 * Where the database is and who may use it.
 *
 * @param endpoints {@code host:port} of the server, or of the cluster's Coordinators; the next one is tried when one
 *     does not answer
 * @param database made at the first start if the user may make databases
 * @param tls whether the endpoints speak TLS; their certificate is checked against the JVM's trust store
 * @param timeout how long one request may take
 * @param patience how long a write is tried again while others write the same documents
 */
public record ArangoSettings(
        List<String> endpoints,
        String database,
        String user,
        String password,
        boolean tls,
        Duration timeout,
        Duration patience) {
    private static final int DEFAULT_PORT = 8529;

    public ArangoSettings {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw SlipwayException.invalid("store.endpoint", "ArangoDB needs one endpoint at least, as 'host:8529'.");
        }
        endpoints.forEach(Endpoint::of);
    }

    /** With a timeout of 30 seconds and a patience of 10. */
    public static ArangoSettings of(
            List<String> endpoints, String database, String user, String password, boolean tls) {
        return new ArangoSettings(
                endpoints, database, user, password, tls, Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    /** The password is left out. */
    @Override
    public String toString() {
        return "ArangoDB " + database + " at " + String.join(",", endpoints) + " as " + user;
    }

    /** One of the endpoints, taken apart. */
    record Endpoint(String host, int port) {
        static Endpoint of(String text) {
            int colon = text.lastIndexOf(':');
            String host = colon < 0 ? text : text.substring(0, colon);
            try {
                int port = colon < 0 ? DEFAULT_PORT : Integer.parseInt(text.substring(colon + 1));
                if (!host.isEmpty() && host.indexOf('/') < 0 && port > 0 && port < 65536) {
                    return new Endpoint(host, port);
                }
            } catch (NumberFormatException e) {
                throw refused(text, e);
            }
            throw refused(text, null);
        }

        private static SlipwayException refused(String text, Exception cause) {
            return SlipwayException.invalid(
                    "store.endpoint", "'" + text + "' is no endpoint of ArangoDB; write 'host:8529'.", cause);
        }
    }
}
