package dev.slipway.standalone.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.standalone.stores.Connection.Backoff;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConnectionTest {
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(2), Duration.ofMillis(10));

    /** A store that only says whether it was closed. */
    private static final class Opened implements AutoCloseable {
        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public void close() {
            closed.set(true);
        }
    }

    @Test
    void aServerThatIsThereIsConnectedAtOnce() {
        Opened store = new Opened();

        try (Connection<Opened> connection =
                Connection.open("the store", () -> store, QUICK, ConnectionTest::notRefused)) {
            assertThat(connection.get()).isSameAs(store);
        }
        assertThat(store.closed).isTrue();
    }

    @Test
    void oneThatIsAwayIsTriedUntilItIsBack() throws InterruptedException {
        Semaphore tries = new Semaphore(0);
        CompletableFuture<Opened> server = new CompletableFuture<>();
        Supplier<Opened> opener = () -> {
            tries.release();
            if (!server.isDone()) {
                throw SlipwayException.unavailable("store.unreachable", "Nobody answers at port 1.", null);
            }
            return server.join();
        };

        try (Connection<Opened> connection = Connection.open("the store", opener, QUICK, ConnectionTest::notRefused)) {
            tries.acquire(4);
            assertThatThrownBy(connection::get)
                    .hasMessageContaining("the store")
                    .hasMessageContaining("port 1")
                    .extracting("kind", "code")
                    .asString()
                    .isEqualTo("[UNAVAILABLE, store.unreachable]");

            server.complete(new Opened());

            while (!connected(connection)) {
                Thread.onSpinWait();
            }
            assertThat(connection.get()).isSameAs(server.join());
        }
        assertThat(server.join().closed).isTrue();
    }

    @Test
    void aRefusalAtOnceIsThrown() {
        SlipwayException wrongPassword = SlipwayException.unauthenticated("store.credentials", "Wrong password.");

        assertThatThrownBy(() -> Connection.open(
                        "the store",
                        () -> {
                            throw wrongPassword;
                        },
                        QUICK,
                        ConnectionTest::notRefused))
                .isSameAs(wrongPassword);
    }

    @Test
    void aRefusalLaterIsTold() throws InterruptedException {
        BlockingQueue<SlipwayException> refusals = new LinkedBlockingQueue<>();
        SlipwayException wrongPassword = SlipwayException.unauthenticated("store.credentials", "Wrong password.");
        Semaphore tries = new Semaphore(0);
        Supplier<Opened> opener = () -> {
            tries.release();
            throw tries.availablePermits() < 3
                    ? SlipwayException.unavailable("store.unreachable", "Nobody answers.", null)
                    : wrongPassword;
        };

        try (Connection<Opened> connection = Connection.open("the store", opener, QUICK, refusals::add)) {
            assertThat(refusals.take()).isSameAs(wrongPassword);
            assertThatThrownBy(connection::get).hasMessageContaining("Wrong password.");
        }
        assertThat(tries.availablePermits()).as("nobody tries on").isEqualTo(3);
    }

    @Test
    void whatIsOpenedTooLateIsClosed() throws InterruptedException {
        Opened late = new Opened();
        Semaphore opening = new Semaphore(0);
        Semaphore proceed = new Semaphore(0);
        AtomicBoolean first = new AtomicBoolean(true);
        Supplier<Opened> opener = () -> {
            if (first.getAndSet(false)) {
                throw SlipwayException.unavailable("store.unreachable", "Nobody answers.", null);
            }
            opening.release();
            proceed.acquireUninterruptibly();
            return late;
        };
        Connection<Opened> connection = Connection.open("the store", opener, QUICK, ConnectionTest::notRefused);
        opening.acquire();

        connection.close();
        proceed.release();

        while (!late.closed.get()) {
            Thread.onSpinWait();
        }
    }

    private static void notRefused(SlipwayException refusal) {
        throw new AssertionError(refusal);
    }

    private static boolean connected(Connection<Opened> connection) {
        try {
            connection.get();
            return true;
        } catch (SlipwayException e) {
            return false;
        }
    }
}
