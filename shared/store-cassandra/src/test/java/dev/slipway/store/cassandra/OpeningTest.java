package dev.slipway.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.store.common.Cursor;
import dev.slipway.store.tests.Refusals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A store that can't be opened says why. */
@ExtendWith(SharedServer.class)
class OpeningTest {
    private final SharedServer.Running server;

    OpeningTest(SharedServer.Running server) {
        this.server = server;
    }

    @Test
    void nobodyAtTheContactPointIsUnreachable() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        CassandraSettings settings = CassandraSettings.of(List.of("127.0.0.1:" + nobody), "datacenter1", "k", 1);
        Refusals.assertRefused(
                () -> CassandraMetricStore.open(settings).close(), ErrorKind.UNAVAILABLE, "store.unreachable");
        assertThatThrownBy(() -> CassandraMetricStore.open(settings).close())
                .hasMessageContaining("127.0.0.1:" + nobody)
                .hasMessageContaining("datacenter1");
    }

    @Test
    void aDatacenterWithoutNodesIsUnreachable() {
        CassandraSettings settings = server.fresh();
        CassandraSettings elsewhere =
                CassandraSettings.of(settings.contactPoints(), "elsewhere", settings.keyspace(), 1);
        Refusals.assertRefused(
                () -> CassandraMetricStore.open(elsewhere).close(), ErrorKind.UNAVAILABLE, "store.unreachable");
    }

    @Test
    void anInterruptBeforeConnectingIsHonoured() {
        Thread.currentThread().interrupt();
        Refusals.assertRefused(
                () -> CassandraMetricStore.open(server.fresh()).close(), ErrorKind.UNAVAILABLE, "store.interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptWhileWaitingForAServerIsHonoured() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CassandraSettings settings =
                    CassandraSettings.of(List.of("127.0.0.1:" + silent.getLocalPort()), "datacenter1", "k", 1);
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread opener = new Thread(() -> {
                try {
                    CassandraMetricStore.open(settings).close();
                    outcome.complete(new AssertionError("opened"));
                } catch (RuntimeException e) {
                    outcome.complete(e);
                }
            });
            opener.start();
            try (Socket accepted = silent.accept()) {
                assertThat(accepted.isConnected()).isTrue();
                opener.interrupt();
                assertThat(outcome.get(1, TimeUnit.MINUTES)).hasMessageContaining("interrupted");
            }
            opener.join();
        }
    }

    @Test
    void aClosedStoreRefusesCalls() {
        CassandraMetricStore store = CassandraMetricStore.open(server.settings("conformance"));
        store.close();
        Refusals.assertRefused(() -> Points.all(store, Points.series()), ErrorKind.UNAVAILABLE, "store.closed");
    }

    @Test
    void aSeriesCursorThatIsDamagedIsRefused() {
        try (CassandraMetricStore store = CassandraMetricStore.open(server.settings("conformance"))) {
            String damaged = Cursor.of("series").write(List.of(new byte[] {1, 2, 3}));
            Refusals.assertRefused(() -> store.series(10, Optional.of(damaged)), ErrorKind.INVALID, "page.cursor");
        }
    }

    @Test
    void wrongSettingsAreRefused() {
        assertWrong(List.of(), "dc", "k", 1, Duration.ofDays(1), 1);
        assertWrong(List.of("host"), "dc", "k", 1, Duration.ofDays(1), 1);
        assertWrong(List.of("host:0"), "dc", "k", 1, Duration.ofDays(1), 1);
        assertWrong(List.of("host:70000"), "dc", "k", 1, Duration.ofDays(1), 1);
        assertWrong(List.of("host:1"), "d'c", "k", 1, Duration.ofDays(1), 1);
        assertWrong(List.of("host:1"), "dc", "K", 1, Duration.ofDays(1), 1);
        assertWrong(List.of("host:1"), "dc", "k; DROP", 1, Duration.ofDays(1), 1);
        assertWrong(List.of("host:1"), "dc", "k", 0, Duration.ofDays(1), 1);
        assertWrong(List.of("host:1"), "dc", "k", 1, Duration.ZERO, 1);
        assertWrong(List.of("host:1"), "dc", "k", 1, Duration.ofDays(3601), 1);
        assertWrong(List.of("host:1"), "dc", "k", 1, Duration.ofDays(1), 0);
        Refusals.assertRefused(
                () -> new CassandraSettings(
                        List.of("h:1"), "dc", "k", Optional.of("me"), Optional.empty(), 1, Optional.empty(), false, 1),
                ErrorKind.INVALID,
                "store.setting");
        assertThat(CassandraSettings.of(List.of("[::1]:9042", "host:9042"), "dc", "k", 3)
                        .addresses())
                .hasSize(2);
    }

    private static void assertWrong(
            List<String> points, String datacenter, String keyspace, int replication, Duration time, int inFlight) {
        Refusals.assertRefused(
                () -> new CassandraSettings(
                        points,
                        datacenter,
                        keyspace,
                        Optional.empty(),
                        Optional.empty(),
                        replication,
                        Optional.of(time),
                        false,
                        inFlight),
                ErrorKind.INVALID,
                "store.setting");
    }
}
