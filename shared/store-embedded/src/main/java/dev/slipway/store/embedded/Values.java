package dev.slipway.store.embedded;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Columns without a type: JDBC gives an Integer for a small number and a Long for a large one. */
final class Values {
    private Values() {}

    /** A Long, a Double, a String, a blob or null. */
    static Object read(ResultSet row, String column) throws SQLException {
        return wide(row.getObject(column));
    }

    static Object read(ResultSet row, int column) throws SQLException {
        return wide(row.getObject(column));
    }

    private static Object wide(Object value) {
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }
}
