package dev.slipway.store.tests;

import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.id.EventId;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.NewEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Events are read in the order of their positions, and none is ever skipped. */
abstract class GraphEventTests {
    private static final int WRITERS = 4;
    private static final int EVENTS_PER_WRITER = 60;

    abstract GraphFixture graph();

    @Test
    void eventsAreReadBackWholeInTheOrderWritten() {
        long before = graph().store.lastEventPosition();
        List<NewEvent> written = List.of(
                graph().newEvent("run.made"), graph().newEvent("run.started"), graph().newEvent("run.finished"));
        Batch.Builder batch = Batch.in(graph().here);
        written.subList(0, 2).forEach(batch::event);
        graph().store.commit(batch.build());
        commit(graph().store, written.get(2));
        assertThat(graph().eventsAfter(before)).isEqualTo(written);
    }

    @Test
    void positionsRiseAndTheLimitIsKept() {
        long before = graph().store.lastEventPosition();
        for (int i = 0; i < 5; i++) {
            commit(graph().store, graph().newEvent("run.made"));
        }
        List<Event> first = graph().store.events(before, 3);
        assertThat(first).hasSize(3);
        assertThat(first).extracting(Event::position).isSorted().doesNotHaveDuplicates();
        assertThat(first.get(0).position()).isGreaterThan(before);
        List<Event> rest = graph().store.events(first.get(2).position(), 3);
        assertThat(rest).hasSizeGreaterThanOrEqualTo(2).doesNotContainAnyElementsOf(first);
    }

    @Test
    void theLastPositionIsThatOfTheLastEvent() {
        commit(graph().store, graph().newEvent("run.made"));
        long last = graph().store.lastEventPosition();
        assertThat(graph().store.events(last, 10)).isEmpty();
        commit(graph().store, graph().newEvent("run.made"));
        assertThat(graph().store.events(last, 10)).hasSize(1);
        assertThat(graph().store.lastEventPosition()).isGreaterThan(last);
    }

    @Test
    void anEventTellsItsWorkspace() {
        long before = graph().store.lastEventPosition();
        graph().store
                .commit(Batch.in(graph().elsewhere)
                        .event(graph().newEvent("run.made"))
                        .build());
        assertThat(graph().store.events(before, 10))
                .extracting(Event::workspace)
                .contains(graph().elsewhere);
    }

    @Test
    void readersNeverSkipAnEventWhateverTheOrderOfCommits() throws Exception {
        long before = graph().store.lastEventPosition();
        AtomicInteger writing = new AtomicInteger(WRITERS);
        List<Callable<Set<EventId>>> tasks = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            GraphStore store = writer % 2 == 0 ? graph().store : graph().otherHandle;
            tasks.add(() -> write(store, writing));
        }
        tasks.add(() -> readUntilDone(graph().store, before, writing));
        tasks.add(() -> readUntilDone(graph().otherHandle, before, writing));
        List<Set<EventId>> results = Together.run(tasks);
        Set<EventId> written = new HashSet<>();
        results.subList(0, WRITERS).forEach(written::addAll);
        assertThat(written).hasSize(WRITERS * EVENTS_PER_WRITER);
        assertThat(results.get(WRITERS)).containsAll(written);
        assertThat(results.get(WRITERS + 1)).containsAll(written);
    }

    /** Batches of different sizes, so that some that are begun early end late. */
    private Set<EventId> write(GraphStore store, AtomicInteger writing) {
        Set<EventId> written = new HashSet<>();
        try {
            while (written.size() < EVENTS_PER_WRITER) {
                Batch.Builder batch = Batch.in(graph().here);
                int size = 1 + written.size() % 3;
                for (int i = 0; i < size && written.size() < EVENTS_PER_WRITER; i++) {
                    NewEvent event = graph().newEvent("run.made");
                    batch.event(event);
                    written.add(event.id());
                }
                store.commit(batch.build());
            }
        } finally {
            writing.decrementAndGet();
        }
        return written;
    }

    /** Reads on from the last position seen and never looks back. */
    private static Set<EventId> readUntilDone(GraphStore store, long from, AtomicInteger writing) {
        Set<EventId> seen = new HashSet<>();
        long position = from;
        boolean done = false;
        while (!done) {
            done = writing.get() == 0;
            List<Event> events = store.events(position, 7);
            while (!events.isEmpty()) {
                for (Event event : events) {
                    assertThat(event.position()).isGreaterThan(position);
                    assertThat(seen.add(event.event().id())).isTrue();
                    position = event.position();
                }
                events = store.events(position, 7);
            }
        }
        return seen;
    }

    @Test
    void aReadersCursorMovesOnlyFromWhereItStands() {
        String reader = "reader-" + graph().here;
        GraphStore store = graph().store;
        assertThat(store.cursor(reader)).isZero();
        assertThat(store.moveCursor(reader, 5, 6)).isFalse();
        assertThat(store.cursor(reader)).isZero();
        assertThat(store.moveCursor(reader, 0, 5)).isTrue();
        assertThat(store.moveCursor(reader, 0, 7)).isFalse();
        assertThat(graph().otherHandle.cursor(reader)).isEqualTo(5);
        assertThat(store.moveCursor(reader, 5, 9)).isTrue();
        assertThat(store.cursor(reader)).isEqualTo(9);
        assertThat(store.cursor(reader + "-other")).isZero();
    }

    @Test
    void ofManyWhoMoveOneCursorExactlyOneWins() throws Exception {
        String reader = "reader-" + graph().here;
        List<Callable<Boolean>> movers = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            GraphStore store = i % 2 == 0 ? graph().store : graph().otherHandle;
            int to = i;
            movers.add(() -> store.moveCursor(reader, 0, to));
        }
        List<Boolean> moved = Together.run(movers);
        assertThat(moved).containsOnlyOnce(true);
        assertThat(graph().store.cursor(reader)).isEqualTo(moved.indexOf(true) + 1);
    }

    @Test
    void theNumberOfEventsReadAtOnceIsBounded() {
        assertRefused(() -> graph().store.events(0, 0), ErrorKind.INVALID, "store.event-limit");
        assertRefused(() -> graph().store.events(0, GraphStore.MAX_EVENTS + 1), ErrorKind.INVALID, "store.event-limit");
    }

    private void commit(GraphStore store, NewEvent event) {
        store.commit(Batch.in(graph().here).event(event).build());
    }
}
