package dev.slipway.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.cassandra.server.CassandraServer;
import dev.slipway.cassandra.server.ServerKind;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.store.metric.Series;
import dev.slipway.store.tests.Refusals;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
    @TempDir
    Path folder;

    @Test
    void onlyTheRightPasswordOpensTheStore() {
        assumeTrue(CassandraServer.available(), CassandraServer.needed());
        try (CassandraServer server = CassandraServer.start(folder, ServerKind.WITH_PASSWORDS)) {
            String node = server.contactPoint();
            for (CassandraSettings wrong : List.of(
                    as(node, Optional.of("cassandra"), Optional.of("wrong")),
                    as(node, Optional.of("nobody"), Optional.of("cassandra")),
                    as(node, Optional.empty(), Optional.empty()))) {
                Refusals.assertRefused(
                        () -> CassandraMetricStore.open(wrong).close(), ErrorKind.UNAUTHENTICATED, "store.credentials");
            }
            CassandraSettings right = as(node, Optional.of("cassandra"), Optional.of("cassandra"));
            assertThat(right.toString()).doesNotContain("password");
            Series series = Points.series();
            try (CassandraMetricStore store = CassandraMetricStore.open(right)) {
                Points.append(store, series, Points.steps(1, 3));
                assertThat(Points.all(store, series)).isEqualTo(Points.steps(1, 3));
            }
        }
    }

    private static CassandraSettings as(String node, Optional<String> user, Optional<String> password) {
        return new CassandraSettings(
                List.of(node),
                CassandraServer.DATACENTER,
                "metrics",
                user,
                password,
                1,
                Optional.empty(),
                false,
                CassandraSettings.DEFAULT_IN_FLIGHT);
    }
}
