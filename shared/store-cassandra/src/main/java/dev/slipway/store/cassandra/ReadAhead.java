package dev.slipway.store.cassandra;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Function;

/**
 * Reads partitions one after the other. The further a reader gets, the more partitions are asked for ahead of it, up to a
 * bound: a reader that ends soon fetches little in vain, and one that goes on waits little.
 */
final class ReadAhead implements Iterator<ReadAhead.Read> {
    private static final int MOST = 8;

    /** A partition and its rows. */
    record Read(Partition partition, Rows rows) {}

    private final Iterator<Partition> partitions;
    private final Function<Partition, Rows> query;
    private final Deque<Read> underWay = new ArrayDeque<>();
    private int ahead = 1;

    ReadAhead(Iterator<Partition> partitions, Function<Partition, Rows> query) {
        this.partitions = partitions;
        this.query = query;
    }

    @Override
    public boolean hasNext() {
        return !underWay.isEmpty() || partitions.hasNext();
    }

    @Override
    public Read next() {
        while (underWay.size() < ahead && partitions.hasNext()) {
            Partition partition = partitions.next();
            underWay.addLast(new Read(partition, query.apply(partition)));
        }
        ahead = Math.min(MOST, 2 * ahead);
        return underWay.removeFirst();
    }
}
