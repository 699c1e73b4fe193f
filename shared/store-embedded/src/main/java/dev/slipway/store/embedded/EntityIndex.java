package dev.slipway.store.embedded;

import dev.slipway.kernel.Page;
import dev.slipway.store.common.Cursor;
import dev.slipway.store.common.Pages;
import dev.slipway.store.graph.EntityQuery;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pages of entities through their declared indexes. A prefix and a cursor are both bounds of one range of keys. */
final class EntityIndex {
    /** Sorts before every number, so a shorter key stands before the longer ones that begin like it. */
    private static final Object LOWEST = Double.NEGATIVE_INFINITY;
    /** Sorts after every number and text. */
    private static final Object HIGHEST = new byte[] {};

    private static final List<String> COLUMNS = List.of("k1", "k2", "k3", "k4");
    private static final String BEFORE_IDS = "";
    private static final String AFTER_IDS = "g";

    private record Found(List<Object> position, Envelope envelope) {}

    Page<Envelope> page(Session session, EntityQuery query) throws SQLException {
        Cursor cursors = Cursor.of(
                "entities", query.workspace(), query.type(), query.index(), query.prefix(), query.descending());
        List<Object> low = position(lowest(query.prefix()), BEFORE_IDS);
        List<Object> high = position(pad(query.prefix(), HIGHEST), AFTER_IDS);
        if (query.cursor().isPresent()) {
            List<Object> last = cursors.read(query.cursor().get(), "vvvvt");
            if (query.descending()) {
                high = last;
            } else {
                low = last;
            }
        }
        List<Object> values = range(query, low, high);
        values.add(query.limit() + 1);
        List<Found> found = session.query(
                query.descending() ? GraphSql.ENTRIES_DESCENDING : GraphSql.ENTRIES_ASCENDING,
                EntityIndex::found,
                values.toArray());
        return Pages.of(found, query.limit(), Found::envelope, last -> cursors.write(last.position()));
    }

    long count(Session session, EntityQuery query) throws SQLException {
        return session.number(
                GraphSql.ENTRIES_COUNT,
                range(
                                query,
                                position(lowest(query.prefix()), BEFORE_IDS),
                                position(pad(query.prefix(), HIGHEST), AFTER_IDS))
                        .toArray());
    }

    /** The key as it is stored: its values, then the lowest value in the places that it does not use. */
    static Object[] lowest(List<IndexValue> key) {
        return pad(key, LOWEST);
    }

    private static Object[] pad(List<IndexValue> key, Object filler) {
        Object[] padded = new Object[IndexEntry.MAX_KEY];
        Arrays.fill(padded, filler);
        for (int i = 0; i < key.size(); i++) {
            padded[i] = key.get(i) instanceof IndexValue.Numeric number
                    ? (Object) number.value()
                    : ((IndexValue.Text) key.get(i)).value();
        }
        return padded;
    }

    private static List<Object> position(Object[] key, String id) {
        List<Object> position = new ArrayList<>(Arrays.asList(key));
        position.add(id);
        return position;
    }

    private static List<Object> range(EntityQuery query, List<Object> low, List<Object> high) {
        List<Object> values = new ArrayList<>();
        values.add(query.workspace().name());
        values.add(query.type().wireName());
        values.add(query.index());
        values.addAll(low);
        values.addAll(high);
        return values;
    }

    /** The values of a stored key, without those that only fill it up. */
    static List<IndexValue> key(ResultSet row) throws SQLException {
        List<IndexValue> key = new ArrayList<>();
        for (String column : COLUMNS) {
            Object value = Values.read(row, column);
            if (value instanceof Long number) {
                key.add(IndexValue.of(number));
            } else if (value instanceof String text) {
                key.add(IndexValue.of(text));
            }
        }
        return key;
    }

    private static Found found(ResultSet row) throws SQLException {
        List<Object> position = new ArrayList<>();
        for (String column : COLUMNS) {
            position.add(Values.read(row, column));
        }
        position.add(row.getString("id"));
        return new Found(position, EntityTable.envelope(row));
    }
}
