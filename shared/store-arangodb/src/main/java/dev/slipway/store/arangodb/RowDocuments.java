package dev.slipway.store.arangodb;

import com.arangodb.entity.BaseDocument;
import dev.slipway.kernel.Page;
import dev.slipway.store.common.Cursor;
import dev.slipway.store.common.Pages;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphRow.ClaimRow;
import dev.slipway.store.graph.GraphRow.EdgeRow;
import dev.slipway.store.graph.GraphRow.EntityRow;
import dev.slipway.store.graph.GraphRow.EventRow;
import dev.slipway.store.graph.GraphRow.FacetRow;
import dev.slipway.store.graph.GraphRow.ReaderRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads all rows of a kind, in the order of their documents' keys, and writes and removes single ones. */
final class RowDocuments {
    private final EntityDocuments entities;
    private final EdgeDocuments edges;
    private final ClaimDocuments claims;
    private final FacetDocuments facets;
    private final EventLog events;
    private final ReaderDocuments readers;

    RowDocuments(
            EntityDocuments entities,
            EdgeDocuments edges,
            ClaimDocuments claims,
            FacetDocuments facets,
            EventLog events,
            ReaderDocuments readers) {
        this.entities = entities;
        this.edges = edges;
        this.claims = claims;
        this.facets = facets;
        this.events = events;
        this.readers = readers;
    }

    private record Found(String key, GraphRow row) {}

    Page<GraphRow> page(Session session, GraphRow.Kind kind, int limit, Optional<String> cursor) {
        Cursor cursors = Cursor.of("rows", kind);
        Object after = cursor.map(text -> cursors.read(text, "t").get(0)).orElse("");
        List<Found> found = session.query(
                Aql.ROWS,
                Map.of("@collection", table(kind).collection(), "after", after, "limit", limit + 1),
                document -> new Found(document.getKey(), row(kind, document)));
        return Pages.of(found, limit, Found::row, last -> cursors.write(List.of(last.key())));
    }

    private static Table table(GraphRow.Kind kind) {
        return switch (kind) {
            case ENTITY -> Table.ENTITIES;
            case EDGE -> Table.EDGES;
            case CLAIM -> Table.CLAIMS;
            case FACET -> Table.FACETS;
            case EVENT -> Table.EVENTS;
            case READER -> Table.READERS;
        };
    }

    private static GraphRow row(GraphRow.Kind kind, BaseDocument document) {
        return switch (kind) {
            case ENTITY -> EntityDocuments.row(document);
            case EDGE -> EdgeDocuments.row(document);
            case CLAIM -> ClaimDocuments.row(document);
            case FACET -> FacetDocuments.row(document);
            case EVENT -> new EventRow(EventLog.event(document));
            case READER -> ReaderDocuments.row(document);
        };
    }

    void restore(Session session, List<GraphRow> rows) {
        entities.restore(session, only(EntityRow.class, rows));
        edges.restore(session, only(EdgeRow.class, rows));
        claims.restore(session, only(ClaimRow.class, rows));
        facets.restore(session, only(FacetRow.class, rows));
        List<EventRow> numbered = only(EventRow.class, rows);
        events.restore(session, numbered);
        numbered.stream()
                .mapToLong(row -> row.event().position())
                .max()
                .ifPresent(greatest -> Sequencer.skipTo(session, greatest));
        readers.restore(session, only(ReaderRow.class, rows));
    }

    int remove(Session session, List<GraphRow> rows) {
        return entities.remove(session, only(EntityRow.class, rows))
                + edges.remove(session, only(EdgeRow.class, rows))
                + claims.remove(session, only(ClaimRow.class, rows))
                + facets.remove(session, only(FacetRow.class, rows))
                + events.remove(session, only(EventRow.class, rows))
                + readers.remove(session, only(ReaderRow.class, rows));
    }

    private static <R extends GraphRow> List<R> only(Class<R> type, List<GraphRow> rows) {
        return rows.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
