package dev.slipway.store.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Some writes sent one after the other and awaited together. Small ones that follow each other into one partition travel
 * together, as an unlogged batch. Used by one thread.
 */
final class Flight {
    /** Less than the 5 KiB at which Cassandra warns of a batch. */
    private static final int BATCH_BYTES = 4096;
    /** What a statement weighs beside its texts and blobs. */
    private static final int STATEMENT_BYTES = 100;

    private final Requests requests;
    private final Deque<CompletableFuture<AsyncResultSet>> underWay = new ArrayDeque<>();
    private Object partition;
    private List<BatchableStatement<?>> batch = new ArrayList<>();
    private int batchBytes;

    Flight(Requests requests) {
        this.requests = requests;
    }

    /**
     * Writes a row, at the latest when the flight lands. Fails if one sent before has failed.
     *
     * @param partition the row's
     * @param bytes about how long its texts and blobs are
     */
    void write(Object partition, BoundStatement row, int bytes) {
        int weight = STATEMENT_BYTES + bytes;
        if (!Objects.equals(partition, this.partition) || batchBytes + weight > BATCH_BYTES) {
            sendBatch();
        }
        this.partition = partition;
        batch.add(row);
        batchBytes += weight;
    }

    private void sendBatch() {
        if (batch.size() == 1) {
            send((BoundStatement) batch.get(0));
        } else if (!batch.isEmpty()) {
            send(BatchStatement.newInstance(DefaultBatchType.UNLOGGED, batch));
        }
        batch = new ArrayList<>();
        batchBytes = 0;
    }

    private void send(Statement<?> write) {
        while (!underWay.isEmpty() && underWay.peekFirst().isDone()) {
            requests.await(underWay.removeFirst());
        }
        underWay.addLast(requests.send(write));
    }

    /** Returns when all of them are acknowledged. */
    void land() {
        sendBatch();
        while (!underWay.isEmpty()) {
            requests.await(underWay.removeFirst());
        }
    }
}
