package dev.slipway.store.arangodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.store.arangodb.fake.ArangoDouble;
import java.util.List;

/** How the tests reach the double. */
final class DoubleServer {
    private DoubleServer() {}

    static ArangoSettings settings(ArangoDouble server) {
        return ArangoSettings.of(List.of("127.0.0.1:" + server.port()), "slipway", "root", "", false);
    }

    static void assertNothingLeftOpen(ArangoDouble server) {
        assertThat(server.openTransactions()).isZero();
    }
}
