package dev.slipway.store.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.servererrors.ProtocolError;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.common.Cursor;
import dev.slipway.store.metric.Series;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists series: those of one entity, or all of them in the order of their entities' places on the ring. */
final class SeriesList {
    private static final int KEYS_PAGE = 1000;

    private final Requests requests;

    SeriesList(Requests requests) {
        this.requests = requests;
    }

    /** In the order of their UTF-8 bytes, which is Cassandra's own. */
    List<String> keys(Workspace workspace, EntityId entity) {
        List<String> keys = new ArrayList<>();
        Rows rows = new Rows(requests, requests.bind(Cql.KEYS, workspace.name(), entity.value()), KEYS_PAGE);
        rows.forEachRemaining(row -> keys.add(row.getString("key")));
        return keys;
    }

    /** The cursor is the driver's paging state: the query's order is the ring's, and Cassandra remembers nothing of it. */
    Page<Series> page(int limit, Optional<String> cursor) {
        Page.checkLimit(limit);
        Cursor cursors = Cursor.of("series");
        BoundStatement query = requests.bind(Cql.LIST_SERIES);
        if (cursor.isPresent()) {
            byte[] state = (byte[]) cursors.read(cursor.get(), "b").get(0);
            query = query.setPagingState(ByteBuffer.wrap(state));
        }
        List<Series> found = new ArrayList<>();
        ByteBuffer next;
        do {
            AsyncResultSet rows = fetch(query.setPageSize(limit - found.size()));
            rows.currentPage().forEach(row -> found.add(series(row)));
            next = rows.hasMorePages() ? rows.getExecutionInfo().getPagingState() : null;
            query = query.setPagingState(next);
        } while (next != null && found.size() < limit);
        return new Page<>(found, Optional.ofNullable(next).map(state -> cursors.write(List.of(Blobs.bytes(state)))));
    }

    private AsyncResultSet fetch(BoundStatement query) {
        try {
            return requests.await(requests.send(query));
        } catch (SlipwayException e) {
            if (e.getCause() instanceof ProtocolError) {
                throw SlipwayException.invalid(
                        "page.cursor", "This cursor can't be used here: it is damaged. Begin with the first page.", e);
            }
            throw e;
        }
    }

    private static Series series(Row row) {
        return new Series(
                new Workspace(row.getString("workspace")), new EntityId(row.getString("entity")), row.getString("key"));
    }
}
