package dev.slipway.store.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionStage;

/** The rows of a query, fetched page by page as they are asked for; the first page is under way at once. */
final class Rows implements Iterator<Row> {
    private final Requests requests;
    private final BoundStatement query;
    private CompletionStage<AsyncResultSet> coming;
    private AsyncResultSet page;

    /**
     * Sends the query.
     *
     * @param pageSize how many rows are in memory at once
     */
    Rows(Requests requests, BoundStatement query, int pageSize) {
        this.requests = requests;
        this.query = query.setPageSize(pageSize);
        this.coming = requests.send(this.query);
    }

    @Override
    public boolean hasNext() {
        if (page == null) {
            page = requests.await(coming);
        }
        while (page.remaining() == 0 && page.hasMorePages()) {
            coming = requests.send(query.setPagingState(page.getExecutionInfo().getPagingState()));
            page = requests.await(coming);
        }
        return page.remaining() > 0;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.one();
    }
}
