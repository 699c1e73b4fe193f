package dev.slipway.store.arangodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EventId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.arangodb.fake.ArangoDouble;
import dev.slipway.store.arangodb.fake.Fault;
import dev.slipway.store.arangodb.fake.RequestMatcher;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.NewEvent;
import dev.slipway.store.graph.Put;
import dev.slipway.store.graph.TraversalQuery;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever goes wrong with a request, a batch is there whole or not at all, and the caller is told which. */
@DisplayName("Faults, of an ArangoDB DOUBLE, not a server")
@Timeout(300)
class FaultsTest {
    private static final RequestMatcher ANY = RequestMatcher.path(".");
    private static final RequestMatcher COMMIT = RequestMatcher.request("PUT", "^/_api/transaction");
    private static final Workspace HERE = new Workspace("here");

    private final IdGenerator ids = new IdGenerator();
    private final EntityRef data = new EntityRef(EntityType.DATASET_VERSION, ids.next(EntityId::new));

    private ArangoDouble server;
    private ArangoGraphStore store;

    enum Trouble {
        CONFLICT,
        NOT_FOUND,
        DUPLICATE,
        NO_COLLECTION,
        UNAVAILABLE,
        DROPPED_BEFORE,
        DROPPED_AFTER;

        private Fault fault() {
            return switch (this) {
                case CONFLICT -> Fault.conflict();
                case NOT_FOUND -> Fault.documentNotFound();
                case DUPLICATE -> Fault.uniqueViolated();
                case NO_COLLECTION -> Fault.collectionNotFound();
                case UNAVAILABLE -> Fault.unavailable();
                case DROPPED_BEFORE -> new Fault.DropBefore();
                case DROPPED_AFTER -> new Fault.DropAfter();
            };
        }
    }

    @BeforeEach
    void start() {
        server = ArangoDouble.start(MemoryAnswers.all());
        store = open(Duration.ofSeconds(20));
        store.commit(Batch.in(HERE)
                .put(put(data.id(), data.type(), 0))
                .claim(new ClaimChange.Take("fence", "1"))
                .build());
    }

    private ArangoGraphStore open(Duration timeout) {
        ArangoSettings plain = DoubleServer.settings(server);
        return ArangoGraphStore.open(
                new ArangoSettings(plain.endpoints(), "slipway", "root", "", false, timeout, Duration.ofSeconds(20)));
    }

    @AfterEach
    void stop() {
        DoubleServer.assertNothingLeftOpen(server);
        store.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void whicheverRequestOfABatchFailsItIsWrittenWholeOrNotAtAll(Trouble trouble) {
        int request = 0;
        int served;
        do {
            request++;
            int before = server.faults().injected();
            assertWholeOrNothing(trouble, request);
            served = server.faults().injected() - before;
            server.faults().clear();
        } while (served > 0);
        assertThat(request).as("requests of one batch").isGreaterThan(10);
    }

    private void assertWholeOrNothing(Trouble trouble, int request) {
        EntityRef run = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
        long before = store.lastEventPosition();
        server.faults().next(ANY.nth(request), trouble.fault());
        SlipwayException refusal = catchThrowableOfType(SlipwayException.class, () -> store.commit(everything(run)));
        server.faults().clear();
        assertWritten(run, before, refusal == null);
        if (refusal != null && trouble != Trouble.NO_COLLECTION) {
            assertThat(refusal.kind()).as(refusal.getMessage()).isEqualTo(ErrorKind.UNAVAILABLE);
            store.commit(everything(run));
            assertWritten(run, before, true);
        }
        if (trouble == Trouble.DROPPED_AFTER && request == 1) {
            // The server began a transaction that nobody knows of.
            letItExpire();
        }
        DoubleServer.assertNothingLeftOpen(server);
    }

    private void letItExpire() {
        server.transactionIdleLimit(Duration.ofMillis(1));
        while (server.openTransactions() > 0) {
            Thread.onSpinWait();
        }
        server.transactionIdleLimit(Duration.ofMinutes(1));
    }

    private void assertWritten(EntityRef run, long before, boolean written) {
        assertThat(store.get(HERE, List.of(run.id())).containsKey(run.id())).isEqualTo(written);
        assertThat(store.claim(HERE, "run-name/" + run.id()).isPresent()).isEqualTo(written);
        assertThat(store.facets(HERE, List.of(run.id())).containsKey(run.id())).isEqualTo(written);
        assertThat(store.traverse(
                                new TraversalQuery(HERE, List.of(data.id()), Direction.DOWNSTREAM, Set.of(), 1, 10_000))
                        .edges())
                .filteredOn(edge -> edge.from().equals(run))
                .hasSize(written ? 1 : 0);
        assertThat(store.events(before, 100)).hasSize(written ? 1 : 0);
    }

    @Test
    void anAnswerLostAfterTheCommitIsFoundOut() {
        EntityRef run = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
        server.faults().next(COMMIT, new Fault.DropAfter());
        // And asking for it fails a few times too.
        server.faults().next(RequestMatcher.request("DELETE", "^/_api/transaction"), new Fault.DropBefore());
        server.faults().next(RequestMatcher.request("PUT", "^/_api/document/commits"), Fault.unavailable());
        assertThat(store.commit(everything(run))).containsEntry(run.id(), 1L);
        assertWritten(run, 0, true);
    }

    @Test
    void aFenceWhoseAnswerIsLostIsNotTakenForACommit() {
        EntityRef run = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
        server.faults().next(COMMIT, new Fault.DropBefore());
        server.faults()
                .next(RequestMatcher.request("POST", "^/_api/document/commits").nth(2), new Fault.DropAfter());
        assertRefused(() -> store.commit(everything(run)), ErrorKind.UNAVAILABLE, "store.unreachable");
        assertWritten(run, 0, false);
    }

    @Test
    void aCommitThatComesLateComesTooLate() {
        EntityRef run = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
        CountDownLatch late = new CountDownLatch(1);
        try (ArangoGraphStore impatient = open(Duration.ofSeconds(2))) {
            server.faults().next(COMMIT, new Fault.Delay(late));
            assertRefused(() -> impatient.commit(everything(run)), ErrorKind.UNAVAILABLE, "store.unreachable");
        } finally {
            late.countDown();
        }
        assertWritten(run, 0, false);
        store.commit(everything(run));
        assertWritten(run, 0, true);
    }

    @Test
    void anOutcomeThatCanNotBeFoundOutIsSaid() {
        EntityRef run = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
        try (ArangoGraphStore impatient = open(Duration.ofSeconds(5))) {
            server.faults().next(COMMIT, new Fault.DropAfter());
            server.faults().always(RequestMatcher.request("PUT", "^/_api/document/commits"), new Fault.DropBefore());
            assertRefused(() -> impatient.commit(everything(run)), ErrorKind.CONFLICT, "store.unknown-outcome");
        }
        server.faults().clear();
        assertWritten(run, 0, true);
    }

    @Test
    void conflictsWithoutEndAreGivenUp() {
        ArangoSettings plain = DoubleServer.settings(server);
        ArangoSettings hasty = new ArangoSettings(
                plain.endpoints(), "slipway", "root", "", false, Duration.ofSeconds(20), Duration.ofMillis(100));
        try (ArangoGraphStore impatient = ArangoGraphStore.open(hasty)) {
            server.faults().always(RequestMatcher.request("POST", "^/_api/document/claims"), Fault.conflict());
            EntityRef run = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
            assertRefused(() -> impatient.commit(everything(run)), ErrorKind.UNAVAILABLE, "store.busy");
        }
        server.faults().clear();
    }

    @Test
    void aLostCollectionIsSaid() {
        server.faults().next(RequestMatcher.path("^/_api/(document|cursor)"), Fault.collectionNotFound());
        assertRefused(() -> store.get(HERE, List.of(data.id())), ErrorKind.INTERNAL, "store.corrupt");
    }

    @Test
    void aReadThatFailsMaySucceedLater() {
        server.faults().always(ANY, new Fault.DropBefore());
        assertRefused(() -> store.get(HERE, List.of(data.id())), ErrorKind.UNAVAILABLE, "store.unreachable");
        server.faults().clear();
        assertThat(store.get(HERE, List.of(data.id()))).hasSize(1);
    }

    @Test
    void anInterruptIsHonouredAndTheTransactionEnded() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        EntityRef run = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
        server.faults().next(RequestMatcher.request("POST", "^/_api/document/entities"), new Fault.Delay(never));
        int asked = server.faults().seen(ANY);
        SlipwayException[] refusal = new SlipwayException[1];
        boolean[] interrupted = new boolean[1];
        Thread writer = new Thread(() -> {
            refusal[0] = catchThrowableOfType(SlipwayException.class, () -> store.commit(everything(run)));
            interrupted[0] = Thread.currentThread().isInterrupted();
        });
        writer.start();
        while (server.faults().injected() == 0) {
            Thread.onSpinWait();
        }
        writer.interrupt();
        never.countDown();
        writer.join();
        assertThat(server.faults().seen(ANY)).isGreaterThan(asked);
        assertThat(interrupted[0]).isTrue();
        assertThat(refusal[0].code()).isEqualTo("store.interrupted");
        assertWritten(run, 0, false);
    }

    @Test
    void aCursorMovedThoughTheAnswerIsLostIsMovedOnce() {
        server.faults().next(COMMIT, new Fault.DropAfter());
        assertThat(store.moveCursor("reader", 0, 5)).isTrue();
        assertThat(store.moveCursor("reader", 0, 5)).isFalse();
        assertThat(store.cursor("reader")).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONFLICT", "DROPPED_BEFORE", "DROPPED_AFTER"})
    void whicheverRequestOfTheNumberingFailsNumbersAreDense(Trouble trouble) {
        long events = 0;
        for (int request = 1; request <= 12; request++) {
            store.commit(Batch.in(HERE).event(event()).event(event()).build());
            events += 2;
            server.faults().next(ANY.nth(request), trouble.fault());
            SlipwayException refusal = catchThrowableOfType(SlipwayException.class, () -> store.events(0, 100));
            server.faults().clear();
            if (refusal != null) {
                assertThat(refusal.kind()).as(refusal.getMessage()).isEqualTo(ErrorKind.UNAVAILABLE);
            }
            if (server.openTransactions() > 0) {
                assertThat(trouble).isEqualTo(Trouble.DROPPED_AFTER);
                letItExpire();
            }
            assertThat(store.events(0, 100))
                    .extracting(Event::position)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, events).boxed().toList());
        }
    }

    private Batch everything(EntityRef run) {
        return Batch.in(HERE)
                .put(put(run.id(), run.type(), 0))
                .link(new Edge(run, EdgeType.USED, data, 1))
                .claim(new ClaimChange.Take("run-name/" + run.id(), run.id().value()))
                .claim(new ClaimChange.Require("fence", "1"))
                .facet(new FacetUpdate(
                        run, data.id(), new Facet(FacetKind.METRIC, "loss", new Facet.Value.Num(0.5), 1, 1)))
                .event(event())
                .build();
    }

    private static Put put(EntityId id, EntityType type, long expected) {
        return new Put(type, id, expected, 1, 1, "{}", List.of());
    }

    private NewEvent event() {
        return new NewEvent(ids.next(EventId::new), "run.made", data, "test", 7, "{}");
    }

    private static void assertRefused(ThrowingCallable call, ErrorKind kind, String code) {
        assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.throwable(SlipwayException.class))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
                    assertThat(refusal.kind()).isEqualTo(kind);
                });
    }
}
