package dev.slipway.store.arangodb;

import com.arangodb.entity.BaseDocument;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.store.graph.NewEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gives events their positions. A batch writes its events unnumbered, as one document; whoever reads the log first
 * numbers all that wait, in the order in which the server took them in.
 *
 * <p>Numbers are given in one transaction, which moves the counter, inserts the numbered events and removes those that
 * waited. Its first write is that of the counter, whose lock is the sequencer's lease: nobody else numbers until the
 * transaction has ended, the server takes it back from a process that has died (after 60 seconds without a sign of it),
 * and a process from which it was taken can't commit any more. So positions are dense, and become visible in their
 * order.
 */
final class Sequencer {
    private static final String NEXT = "next";
    private static final String EVENTS = "events";
    /** So many batches are numbered in one transaction. */
    private static final int STEP = 500;

    private final Transactions transactions;
    /** One thread of a process is enough; the others need its result. */
    private final ReentrantLock turn = new ReentrantLock();

    Sequencer(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The counter as it stands before the first event. */
    static BaseDocument counter() {
        BaseDocument counter = new BaseDocument(Keys.SEQUENCER);
        counter.addAttribute(NEXT, 1L);
        return counter;
    }

    /** Writes the events of a batch, to be numbered later. */
    static void append(Session session, Workspace workspace, List<NewEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        BaseDocument waiting = new BaseDocument();
        waiting.addAttribute("workspace", workspace.name());
        waiting.addAttribute(EVENTS, events.stream().map(EventLog::attributes).toList());
        session.insert(Table.PENDING_EVENTS, List.of(waiting));
    }

    /** Numbers every event whose batch was committed before this call. */
    void number() {
        while (transactions.read(Sequencer::isWaiting)) {
            try {
                turn.lockInterruptibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw SlipwayException.unavailable(
                        "store.interrupted", "The thread was interrupted while events were numbered.", e);
            }
            try {
                if (transactions.write(Sequencer::numberSome) < STEP) {
                    return;
                }
            } finally {
                turn.unlock();
            }
        }
    }

    private static boolean isWaiting(Session session) {
        return !session.query(Aql.EVENTS_PENDING, Map.of(), row -> row).isEmpty();
    }

    private static int numberSome(Session session) {
        List<BaseDocument> waiting = session.query(Aql.EVENTS_TO_NUMBER, Map.of("limit", STEP), row -> row);
        if (waiting.isEmpty()) {
            return 0;
        }
        BaseDocument counter = session.get(Table.META, Keys.SEQUENCER).orElseThrow();
        long next = Fields.number(counter, NEXT);
        List<BaseDocument> numbered = new ArrayList<>();
        for (BaseDocument batch : waiting) {
            for (Object event : Fields.list(batch, EVENTS)) {
                BaseDocument document = new BaseDocument();
                ((Map<?, ?>) event).forEach((name, value) -> document.addAttribute((String) name, value));
                EventLog.number(document, Fields.text(batch, "workspace"), next);
                numbered.add(document);
                next++;
            }
        }
        counter.updateAttribute(NEXT, next);
        session.replace(Table.META, List.of(counter));
        session.insert(Table.EVENTS, numbered);
        session.remove(Table.PENDING_EVENTS, waiting);
        return waiting.size();
    }

    /** Sees to it that no position up to the one given is given again. */
    static void skipTo(Session session, long position) {
        BaseDocument counter = session.get(Table.META, Keys.SEQUENCER).orElseThrow();
        if (Fields.number(counter, NEXT) <= position) {
            counter.updateAttribute(NEXT, position + 1);
            session.replace(Table.META, List.of(counter));
        }
    }
}
