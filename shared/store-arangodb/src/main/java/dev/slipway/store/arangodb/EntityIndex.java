package dev.slipway.store.arangodb;

import com.arangodb.entity.BaseDocument;
import dev.slipway.kernel.Page;
import dev.slipway.store.common.Cursor;
import dev.slipway.store.common.Pages;
import dev.slipway.store.graph.EntityQuery;
import dev.slipway.store.graph.Envelope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pages of entities through their declared indexes. A prefix and a cursor are both bounds of one range of places. */
final class EntityIndex {
    private record Found(String place, Envelope envelope) {}

    Page<Envelope> page(Session session, EntityQuery query) {
        Cursor cursors = Cursor.of(
                "entities", query.workspace(), query.type(), query.index(), query.prefix(), query.descending());
        Map<String, Object> values = range(query);
        query.cursor()
                .map(cursor -> cursors.read(cursor, "t").get(0))
                .ifPresent(last -> values.put(query.descending() ? "high" : "low", last));
        values.put("limit", query.limit() + 1);
        List<Found> found = session.query(
                query.descending() ? Aql.ENTRIES_DESCENDING : Aql.ENTRIES_ASCENDING, values, EntityIndex::found);
        return Pages.of(found, query.limit(), Found::envelope, last -> cursors.write(List.of(last.place())));
    }

    long count(Session session, EntityQuery query) {
        return session.query(Aql.ENTRIES_COUNT, range(query), row -> Fields.number(row, "total"))
                .get(0);
    }

    private static Map<String, Object> range(EntityQuery query) {
        Map<String, Object> values = new HashMap<>();
        values.put("workspace", query.workspace().name());
        values.put("type", query.type().wireName());
        values.put("name", query.index());
        String prefix = Ordered.key(query.prefix());
        values.put("low", prefix);
        values.put("high", prefix + Ordered.AFTER);
        return values;
    }

    private static Found found(BaseDocument row) {
        return new Found(Fields.text(row, "place"), EntityDocuments.envelope((Map<?, ?>) row.getAttribute("entity")));
    }
}
