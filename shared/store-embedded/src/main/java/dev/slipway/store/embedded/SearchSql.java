package dev.slipway.store.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A statement put together of constant parts, with the values of its {@code ?}s. What differs from search to search is
 * in the values, so that there are few texts and each is prepared once.
 */
final class SearchSql implements Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    SearchSql add(String part, Object... partValues) {
        text.append(part);
        values.addAll(Arrays.asList(partValues));
        return this;
    }

    @Override
    public String text() {
        return text.toString();
    }

    Object[] values() {
        return values.toArray();
    }
}
