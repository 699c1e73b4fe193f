package dev.slipway.gateway;

import java.io.IOException;

/** Serves the gateway over contracts in memory until its standard input ends, for {@code .ci/graphql-audit.sh}. */
final class ServeForAudit {
    private ServeForAudit() {}

    public static void main(String[] arguments) throws IOException {
        try (TestServer server = new TestServer()) {
            System.out.println("Serving " + server.uri("/graphql"));
            System.out.flush();
            // Whoever has started this holds the other end.
            while (System.in.read() >= 0) {
                // Nothing that comes means anything.
            }
        }
    }
}
