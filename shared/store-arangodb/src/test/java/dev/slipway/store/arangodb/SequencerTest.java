package dev.slipway.store.arangodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arangodb.ArangoDBException;
import com.arangodb.ArangoDatabase;
import com.arangodb.model.StreamTransactionOptions;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EventId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.arangodb.fake.ArangoDouble;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.NewEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events are numbered without gaps by whoever reads them, one at a time. */
@DisplayName("The sequencer, on an ArangoDB DOUBLE, not a server")
@Timeout(300)
class SequencerTest {
    private static final Workspace HERE = new Workspace("here");
    private static final int WRITERS = 3;
    private static final int BATCHES = 30;

    private final IdGenerator ids = new IdGenerator();
    private ArangoDouble server;
    private ArangoGraphStore store;
    private ArangoGraphStore other;

    @BeforeEach
    void start() {
        server = ArangoDouble.start(MemoryAnswers.all());
        store = ArangoGraphStore.open(DoubleServer.settings(server));
        other = ArangoGraphStore.open(DoubleServer.settings(server));
    }

    @AfterEach
    void stop() {
        DoubleServer.assertNothingLeftOpen(server);
        store.close();
        other.close();
        server.close();
    }

    @Test
    void twoStoresNumberTheEventsOfManyWritersWithoutGaps() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 2);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                ArangoGraphStore mine = writer % 2 == 0 ? store : other;
                running.add(threads.submit(() -> {
                    for (int i = 0; i < BATCHES; i++) {
                        write(mine, 2);
                    }
                }));
            }
            List<Future<List<Long>>> readers =
                    List.of(threads.submit(() -> readAll(store)), threads.submit(() -> readAll(other)));
            for (Future<?> writer : running) {
                writer.get();
            }
            for (Future<List<Long>> reader : readers) {
                assertThat(reader.get()).isEqualTo(positions(WRITERS * BATCHES * 2L));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Reads on until all events have come. */
    private static List<Long> readAll(ArangoGraphStore store) {
        List<Long> seen = new ArrayList<>();
        while (seen.size() < WRITERS * BATCHES * 2) {
            store.events(seen.size(), 7).stream().map(Event::position).forEach(seen::add);
        }
        return seen;
    }

    @Test
    void aProcessThatDiesWhileItNumbersIsFollowedByAnotherAndCanNotCommitLater() {
        write(store, 1);
        try (Connection dead = Connection.to(DoubleServer.settings(server))) {
            ArangoDatabase database = dead.arango().db("slipway");
            String transaction = database.beginStreamTransaction(
                            new StreamTransactionOptions().writeCollections("meta", "events", "pending_events"))
                    .getId();
            Session session = Session.within(database, transaction);
            session.replace(
                    Table.META, List.of(session.get(Table.META, Keys.SEQUENCER).orElseThrow()));
            server.transactionIdleLimit(Duration.ofSeconds(1));
            assertThat(other.events(0, 10)).extracting(Event::position).containsExactly(1L);
            assertThatThrownBy(() -> database.commitStreamTransaction(transaction))
                    .isInstanceOf(ArangoDBException.class);
            server.transactionIdleLimit(Duration.ofMinutes(1));
        }
        write(store, 2);
        assertThat(store.events(0, 10)).extracting(Event::position).isEqualTo(positions(3));
    }

    @Test
    void aThousandBatchesThatWaitAreAllNumberedByOneRead() {
        for (int i = 0; i < 1100; i++) {
            write(store, 1);
        }
        assertThat(other.lastEventPosition()).isEqualTo(1100);
        assertThat(other.events(0, 10_000)).hasSize(1100);
    }

    private static List<Long> positions(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private void write(ArangoGraphStore to, int events) {
        Batch.Builder batch = Batch.in(HERE);
        for (int i = 0; i < events; i++) {
            batch.event(new NewEvent(
                    ids.next(EventId::new),
                    "run.made",
                    new EntityRef(EntityType.RUN, ids.next(EntityId::new)),
                    "test",
                    7,
                    "{}"));
        }
        to.commit(batch.build());
    }
}
